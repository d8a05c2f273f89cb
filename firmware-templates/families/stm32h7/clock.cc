// Clock of STM32H743 revision V (RM0433: RCC, PWR, flash): PLL1 from HSE, supply by the LDO.
#include "families/clock_plan.h"
#include "families/stm32/pll.h"
#include "families/stm32h7/registers.h"

namespace hilbench {
namespace {

constexpr uint32_t kHsi = 0;
constexpr uint32_t kPll1 = 3;
constexpr uint32_t kPllFromHse = 2;
constexpr uint32_t kInput2To4Mhz = 1;
constexpr uint32_t kAhbHalf = 8;
constexpr uint32_t kApbHalf = 4;
constexpr uint32_t kScale1 = 3;

bool RunFromHsi() {
  Write(RCC_CR_HSION, 1);
  if (!Await(RCC_CR_HSIRDY, 1)) {
    return false;
  }
  Write(RCC_CFGR_SW, kHsi);
  return Await(RCC_CFGR_SWS, kHsi);
}

// VOS1, VOS2 and VOS3 are 3, 2 and 1; VOS0 is VOS1 with over-drive.
uint32_t SetVoltage(const ClockPlan& plan) {
  Write(PWR_CR3_LDOEN, 1);
  if (!Await(PWR_CSR1_ACTVOSRDY, 1)) {
    return kVoltageNotReady;
  }
  Write(RCC_APB4ENR_SYSCFGEN, 1);
  Write(SYSCFG_PWRCR_ODEN, 0);
  Write(PWR_D3CR_VOS, plan.vos == 0 ? kScale1 : 4 - plan.vos);
  if (!Await(PWR_D3CR_VOSRDY, 1)) {
    return kVoltageNotReady;
  }
  if (plan.vos == 0) {
    Write(SYSCFG_PWRCR_ODEN, 1);
    if (!Await(PWR_D3CR_VOSRDY, 1)) {
      return kVoltageNotReady;
    }
  }
  return kClockConfirmed;
}

uint32_t StartPll(const ClockPlan& plan) {
  Write(RCC_CR_HSEBYP, plan.bypass);
  Write(RCC_CR_HSEON, 1);
  if (!Await(RCC_CR_HSERDY, 1)) {
    return kOscillatorFailed;
  }
  Write(RCC_CR_PLL1ON, 0);
  if (!Await(RCC_CR_PLL1RDY, 0)) {
    return kPllNotLocked;
  }
  Write(RCC_PLLCKSELR_PLLSRC, kPllFromHse);
  Write(RCC_PLLCKSELR_DIVM1, plan.pllm);
  Write(RCC_PLLCFGR_PLL1FRACEN, 0);
  Write(RCC_PLLCFGR_PLL1VCOSEL, 0);
  Write(RCC_PLLCFGR_PLL1RGE, kInput2To4Mhz);
  Write(RCC_PLLCFGR_DIVP1EN, 1);
  Write(RCC_PLL1DIVR_DIVN1, plan.plln - 1);
  Write(RCC_PLL1DIVR_DIVP1, plan.pllp - 1);
  Write(RCC_CR_PLL1ON, 1);
  return Await(RCC_CR_PLL1RDY, 1) ? kClockConfirmed : kPllNotLocked;
}

bool SetLatency(const ClockPlan& plan) {
  Write(FLASH_ACR_WRHIGHFREQ, plan.wrhighfreq);
  return Settle(FLASH_ACR_LATENCY, plan.wait_states);
}

void SetDividers(uint32_t ahb, uint32_t apb) {
  Write(RCC_D1CFGR_D1CPRE, 0);
  Write(RCC_D1CFGR_HPRE, ahb);
  Write(RCC_D1CFGR_D1PPRE, apb);
  Write(RCC_D2CFGR_D2PPRE1, apb);
  Write(RCC_D2CFGR_D2PPRE2, apb);
  Write(RCC_D3CFGR_D3PPRE, apb);
}

}  // namespace

uint32_t SetClock(const ClockPlan& plan) {
  if (plan.hse == 0 || plan.hpre != 2 || plan.vos > 3 || plan.pllp < 1 || plan.plln < 4 || plan.wait_states > 15) {
    return kBadPlan;
  }
  if (!RunFromHsi()) {
    return kSourceNotReady;
  }
  uint32_t cause = SetVoltage(plan);
  if (cause == kClockConfirmed) {
    cause = StartPll(plan);
  }
  if (cause != kClockConfirmed) {
    return cause;
  }
  if (!SetLatency(plan)) {
    return kLatencyNotTaken;
  }
  SetDividers(kAhbHalf, kApbHalf);
  Write(RCC_CFGR_SW, kPll1);
  if (Await(RCC_CFGR_SWS, kPll1)) {
    return kClockConfirmed;
  }
  // The serial line is to run from the oscillator as after a reset.
  Write(RCC_CFGR_SW, kHsi);
  SetDividers(0, 0);
  return kSwitchFailed;
}

}  // namespace hilbench
