// Clock of STM32F405/407 (RM0090, RCC, PWR, flash interface) and STM32F446 (RM0390).
#include "families/clock_plan.h"
#include "families/stm32/pll.h"
#include "families/stm32f4/registers.h"

namespace hilbench {
namespace {

constexpr uint32_t kHsi = 0;
constexpr uint32_t kPll = 2;

bool StartHse(const ClockPlan& plan) {
  Write(RCC_CR_HSEBYP, plan.bypass);
  Write(RCC_CR_HSEON, 1);
  return Await(RCC_CR_HSERDY, 1);
}

// Back to HSI, so that the PLL may be changed.
bool RunFromHsi() {
  Write(RCC_CR_HSION, 1);
  if (!Await(RCC_CR_HSIRDY, 1)) {
    return false;
  }
  Write(RCC_CFGR_SW, kHsi);
  return Await(RCC_CFGR_SWS, kHsi);
}

uint32_t StartOverdrive() {
  Write(PWR_CR_ODEN, 1);
  if (!Await(PWR_CSR_ODRDY, 1)) {
    return kOverdriveFailed;
  }
  Write(PWR_CR_ODSWEN, 1);
  return Await(PWR_CSR_ODSWRDY, 1) ? kClockConfirmed : kOverdriveFailed;
}

}  // namespace

uint32_t SetClock(const ClockPlan& plan) {
  uint32_t ppre1 = ApbCode(plan.ppre1);
  uint32_t ppre2 = ApbCode(plan.ppre2);
  uint32_t pllp = EvenCode(plan.pllp);
  if (ppre1 == kNoCode || ppre2 == kNoCode || pllp == kNoCode || plan.hse == 0 || plan.wait_states > 7) {
    return kBadPlan;
  }
  if (!RunFromHsi()) {
    return kSourceNotReady;
  }
  if (!StartHse(plan)) {
    return kOscillatorFailed;
  }
  // VOS and the over-drive may change only while the PLL is off.
  Write(PWR_CR_ODSWEN, 0);
  Write(PWR_CR_ODEN, 0);
  Write(RCC_CR_PLLON, 0);
  if (!Await(RCC_CR_PLLRDY, 0)) {
    return kPllNotLocked;
  }
  Write(RCC_APB1ENR_PWREN, 1);
  Write(plan.vosbits == 1 ? kVosOneBit : PWR_CR_VOS, plan.vos);
  Write(RCC_PLLCFGR_PLLM, plan.pllm);
  Write(RCC_PLLCFGR_PLLN, plan.plln);
  Write(RCC_PLLCFGR_PLLP, pllp);
  Write(RCC_PLLCFGR_PLLSRC, 1);
  Write(RCC_CR_PLLON, 1);
  if (!Await(RCC_CR_PLLRDY, 1)) {
    return kPllNotLocked;
  }
  if (plan.overdrive != 0) {
    uint32_t cause = StartOverdrive();
    if (cause != kClockConfirmed) {
      return cause;
    }
  }
  if (!Await(PWR_CSR_VOSRDY, 1)) {
    return kVoltageNotReady;
  }
  Write(FLASH_ACR_PRFTEN, 1);
  Write(FLASH_ACR_ICEN, 1);
  Write(FLASH_ACR_DCEN, 1);
  if (!Settle(FLASH_ACR_LATENCY, plan.wait_states)) {
    return kLatencyNotTaken;
  }
  Write(RCC_CFGR_HPRE, 0);
  Write(RCC_CFGR_PPRE1, ppre1);
  Write(RCC_CFGR_PPRE2, ppre2);
  Write(RCC_CFGR_SW, kPll);
  if (Await(RCC_CFGR_SWS, kPll)) {
    return kClockConfirmed;
  }
  // The serial line is to run from the oscillator as after a reset.
  Write(RCC_CFGR_SW, kHsi);
  Write(RCC_CFGR_PPRE1, 0);
  Write(RCC_CFGR_PPRE2, 0);
  return kSwitchFailed;
}

}  // namespace hilbench
