// Clock of STM32L475 (RM0351) and STM32L4R5 (RM0432): PLL from MSI at 4 MHz, its clock after reset.
#include "families/clock_plan.h"
#include "families/stm32/pll.h"
#include "families/stm32l4/registers.h"

namespace hilbench {
namespace {

constexpr uint32_t kMsi = 0;
constexpr uint32_t kPll = 3;
constexpr uint32_t kMsi4Mhz = 6;
constexpr uint32_t kPllFromMsi = 1;
constexpr uint32_t kHalf = 8;
constexpr uint32_t kBoostAbove = 80000000;

bool RunFromMsi() {
  Write(RCC_CR_MSION, 1);
  if (!Await(RCC_CR_MSIRDY, 1)) {
    return false;
  }
  Write(RCC_CFGR_SW, kMsi);
  if (!Await(RCC_CFGR_SWS, kMsi)) {
    return false;
  }
  Write(RCC_CR_MSIRANGE, kMsi4Mhz);
  Write(RCC_CR_MSIRGSEL, 1);
  return Await(RCC_CR_MSIRDY, 1);
}

uint32_t SetVoltage(const ClockPlan& plan) {
  Write(RCC_APB1ENR1_PWREN, 1);
  Write(PWR_CR1_VOS, plan.range);
  if (!Await(PWR_SR2_VOSF, 0)) {
    return kVoltageNotReady;
  }
  if (plan.boost != 0 && !Settle(PWR_CR5_R1MODE, 0)) {
    return kVoltageNotReady;
  }
  return kClockConfirmed;
}

uint32_t StartPll(const ClockPlan& plan, uint32_t pllr) {
  Write(RCC_CR_PLLON, 0);
  if (!Await(RCC_CR_PLLRDY, 0)) {
    return kPllNotLocked;
  }
  Write(RCC_PLLCFGR_PLLSRC, kPllFromMsi);
  Write(RCC_PLLCFGR_PLLM, plan.pllm - 1);
  Write(RCC_PLLCFGR_PLLN, plan.plln);
  Write(RCC_PLLCFGR_PLLR, pllr);
  Write(RCC_CR_PLLON, 1);
  if (!Await(RCC_CR_PLLRDY, 1)) {
    return kPllNotLocked;
  }
  Write(RCC_PLLCFGR_PLLREN, 1);
  return kClockConfirmed;
}

// A jump above 80 MHz goes over half of the clock for at least 1 us (RM0432, voltage scaling).
bool SwitchToPll(bool overHalf) {
  Write(RCC_CFGR_HPRE, overHalf ? kHalf : 0);
  Write(RCC_CFGR_SW, kPll);
  if (!Await(RCC_CFGR_SWS, kPll)) {
    // The serial line is to run from the oscillator as after a reset.
    Write(RCC_CFGR_SW, kMsi);
    Write(RCC_CFGR_HPRE, 0);
    return false;
  }
  if (overHalf) {
    for (volatile uint32_t i = 0; i < 100; i = i + 1) {
    }
    Write(RCC_CFGR_HPRE, 0);
  }
  return true;
}

}  // namespace

uint32_t SetClock(const ClockPlan& plan) {
  uint32_t pllr = EvenCode(plan.pllp);
  if (pllr == kNoCode || plan.pllm < 1 || plan.pllm > 8 || plan.wait_states > 7 || plan.range < 1 || plan.range > 2) {
    return kBadPlan;
  }
  if (!RunFromMsi()) {
    return kSourceNotReady;
  }
  // Wait states for the faster clock come before it; at 4 MHz more of them than needed are harmless.
  if (!Settle(FLASH_ACR_LATENCY, plan.wait_states)) {
    return kLatencyNotTaken;
  }
  Write(FLASH_ACR_PRFTEN, 1);
  Write(FLASH_ACR_ICEN, 1);
  Write(FLASH_ACR_DCEN, 1);
  uint32_t cause = SetVoltage(plan);
  if (cause == kClockConfirmed) {
    cause = StartPll(plan, pllr);
  }
  if (cause != kClockConfirmed) {
    return cause;
  }
  return SwitchToPll(plan.clock_hz > kBoostAbove) ? kClockConfirmed : kSwitchFailed;
}

}  // namespace hilbench
