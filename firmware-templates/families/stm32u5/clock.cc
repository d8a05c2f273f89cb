// Clock of STM32U575 (RM0456: RCC, PWR, flash): PLL1 from MSIS at 4 MHz, supply by the SMPS.
#include "families/clock_plan.h"
#include "families/stm32/pll.h"
#include "families/stm32u5/registers.h"

namespace hilbench {
namespace {

constexpr uint32_t kMsis = 0;
constexpr uint32_t kPll1 = 3;
constexpr uint32_t kMsis4Mhz = 4;
constexpr uint32_t kPllFromMsis = 1;
constexpr uint32_t kInput4To8Mhz = 0;
constexpr uint32_t kBoosterAbove = 55000000;

bool RunFromMsis() {
  Write(RCC_CR_MSISON, 1);
  if (!Await(RCC_CR_MSISRDY, 1)) {
    return false;
  }
  Write(RCC_CFGR1_SW, kMsis);
  if (!Await(RCC_CFGR1_SWS, kMsis)) {
    return false;
  }
  Write(RCC_ICSCR1_MSISRANGE, kMsis4Mhz);
  Write(RCC_ICSCR1_MSIRGSEL, 1);
  return Await(RCC_CR_MSISRDY, 1);
}

// Range 1 to 4 are 3 to 0; the booster needs its input clock, PLL1's source, before it is enabled.
uint32_t SetVoltage(const ClockPlan& plan) {
  Write(RCC_AHB3ENR_PWREN, 1);
  Write(PWR_CR3_REGSEL, 1);
  if (!Await(PWR_SVMSR_REGS, 1)) {
    return kVoltageNotReady;
  }
  Write(PWR_VOSR_VOS, 4 - plan.vos);
  if (!Await(PWR_VOSR_VOSRDY, 1)) {
    return kVoltageNotReady;
  }
  if (plan.clock_hz > kBoosterAbove) {
    Write(PWR_VOSR_BOOSTEN, 1);
    if (!Await(PWR_VOSR_BOOSTRDY, 1)) {
      return kVoltageNotReady;
    }
  }
  return kClockConfirmed;
}

bool StopPll() {
  Write(RCC_CR_PLLON, 0);
  return Await(RCC_CR_PLLRDY, 0);
}

void PreparePll(const ClockPlan& plan) {
  Write(RCC_PLL1CFGR_PLLSRC, kPllFromMsis);
  Write(RCC_PLL1CFGR_PLLRGE, kInput4To8Mhz);
  Write(RCC_PLL1CFGR_PLLM, plan.pllm - 1);
  Write(RCC_PLL1CFGR_PLLMBOOST, plan.mboost - 1);
  Write(RCC_PLL1DIVR_PLLN, plan.plln - 1);
  Write(RCC_PLL1DIVR_PLLR, plan.pllp - 1);
}

}  // namespace

uint32_t SetClock(const ClockPlan& plan) {
  if (plan.vos < 1 || plan.vos > 4 || plan.pllm < 1 || plan.plln < 4 || plan.pllp < 1 || plan.mboost != 1) {
    return kBadPlan;
  }
  if (!RunFromMsis()) {
    return kSourceNotReady;
  }
  if (!StopPll()) {
    return kPllNotLocked;
  }
  PreparePll(plan);
  uint32_t cause = SetVoltage(plan);
  if (cause != kClockConfirmed) {
    return cause;
  }
  Write(FLASH_ACR_PRFTEN, 1);
  if (!Settle(FLASH_ACR_LATENCY, plan.wait_states)) {
    return kLatencyNotTaken;
  }
  Write(RCC_CR_PLLON, 1);
  if (!Await(RCC_CR_PLLRDY, 1)) {
    return kPllNotLocked;
  }
  Write(RCC_PLL1CFGR_PLLREN, 1);
  Write(RCC_CFGR1_SW, kPll1);
  if (Await(RCC_CFGR1_SWS, kPll1)) {
    return kClockConfirmed;
  }
  Write(RCC_CFGR1_SW, kMsis);
  return kSwitchFailed;
}

}  // namespace hilbench
