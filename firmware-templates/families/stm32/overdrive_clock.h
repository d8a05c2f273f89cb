// Clock of the STM32 families whose PLL may need the over-drive of the voltage regulator: F4 and F7. Included by the
// clock.cc of a family, below its registers, whose names for RCC and FLASH both share.
#ifndef HILBENCH_STM32_OVERDRIVE_CLOCK_H
#define HILBENCH_STM32_OVERDRIVE_CLOCK_H

#include "families/clock_plan.h"
#include "families/stm32/pll.h"

namespace hilbench {

// What differs from family to family.
struct OverdriveClock {
  BitField overdrive, overdrive_ready, overdrive_switch, overdrive_switched;
  BitField scale;  // of the regulator's voltage
  BitField scale_ready;
  uint32_t most_wait_states;
  BitField accelerators[2];  // of flash: prefetch and caches; one that has a single one names it twice
};

constexpr uint32_t kSystemHsi = 0;
constexpr uint32_t kSystemPll = 2;

inline bool StartHse(const ClockPlan& plan) {
  Write(RCC_CR_HSEBYP, plan.bypass);
  Write(RCC_CR_HSEON, 1);
  return Await(RCC_CR_HSERDY, 1);
}

// Back to HSI, so that the PLL may be changed.
inline bool RunFromHsi() {
  Write(RCC_CR_HSION, 1);
  if (!Await(RCC_CR_HSIRDY, 1)) {
    return false;
  }
  Write(RCC_CFGR_SW, kSystemHsi);
  return Await(RCC_CFGR_SWS, kSystemHsi);
}

inline uint32_t StartOverdrive(const OverdriveClock& family) {
  Write(family.overdrive, 1);
  if (!Await(family.overdrive_ready, 1)) {
    return kOverdriveFailed;
  }
  Write(family.overdrive_switch, 1);
  return Await(family.overdrive_switched, 1) ? kClockConfirmed : kOverdriveFailed;
}

// Sets the clock by the plan; kClockConfirmed, or why not.
inline uint32_t SetOverdriveClock(const ClockPlan& plan, const OverdriveClock& family) {
  uint32_t ppre1 = ApbCode(plan.ppre1);
  uint32_t ppre2 = ApbCode(plan.ppre2);
  uint32_t pllp = EvenCode(plan.pllp);
  bool codes = ppre1 != kNoCode && ppre2 != kNoCode && pllp != kNoCode;
  if (!codes || plan.hse == 0 || plan.wait_states > family.most_wait_states) {
    return kBadPlan;
  }
  if (!RunFromHsi()) {
    return kSourceNotReady;
  }
  if (!StartHse(plan)) {
    return kOscillatorFailed;
  }
  // VOS and the over-drive may change only while the PLL is off.
  Write(family.overdrive_switch, 0);
  Write(family.overdrive, 0);
  Write(RCC_CR_PLLON, 0);
  if (!Await(RCC_CR_PLLRDY, 0)) {
    return kPllNotLocked;
  }
  Write(RCC_APB1ENR_PWREN, 1);
  Write(family.scale, plan.vos);
  Write(RCC_PLLCFGR_PLLM, plan.pllm);
  Write(RCC_PLLCFGR_PLLN, plan.plln);
  Write(RCC_PLLCFGR_PLLP, pllp);
  Write(RCC_PLLCFGR_PLLSRC, 1);
  Write(RCC_CR_PLLON, 1);
  if (!Await(RCC_CR_PLLRDY, 1)) {
    return kPllNotLocked;
  }
  if (plan.overdrive != 0) {
    uint32_t cause = StartOverdrive(family);
    if (cause != kClockConfirmed) {
      return cause;
    }
  }
  if (!Await(family.scale_ready, 1)) {
    return kVoltageNotReady;
  }
  Write(FLASH_ACR_PRFTEN, 1);
  for (const BitField& accelerator : family.accelerators) {
    Write(accelerator, 1);
  }
  if (!Settle(FLASH_ACR_LATENCY, plan.wait_states)) {
    return kLatencyNotTaken;
  }
  Write(RCC_CFGR_HPRE, 0);
  Write(RCC_CFGR_PPRE1, ppre1);
  Write(RCC_CFGR_PPRE2, ppre2);
  Write(RCC_CFGR_SW, kSystemPll);
  if (Await(RCC_CFGR_SWS, kSystemPll)) {
    return kClockConfirmed;
  }
  // The serial line is to run from the oscillator as after a reset.
  Write(RCC_CFGR_SW, kSystemHsi);
  Write(RCC_CFGR_PPRE1, 0);
  Write(RCC_CFGR_PPRE2, 0);
  return kSwitchFailed;
}

}  // namespace hilbench

#endif
