// Clock of the nRF5340 application core: 128 or 64 MHz from HFXO, behind the cache.
#include "families/clock_plan.h"
#include "families/nrf5340/registers.h"

namespace hilbench {

uint32_t SetClock(const ClockPlan& plan) {
  constexpr uint32_t kFullClock = 128000000;
  if (plan.hclk > 1 || plan.clock_hz != kFullClock >> plan.hclk) {
    return kBadPlan;
  }
  if (!Await(CLOCK_S_HFCLKSTAT_STATE, 1)) {
    return kSourceNotReady;
  }
  if (!Settle(CACHE_S_ENABLE_ENABLE, 1)) {
    return kLatencyNotTaken;
  }
  At(CLOCK_S_EVENTS_HFCLKSTARTED) = 0;
  At(CLOCK_S_TASKS_HFCLKSTART) = 1;
  if (!Await(CLOCK_S_EVENTS_HFCLKSTARTED_EVENTS_HFCLKSTARTED, 1)) {
    return kOscillatorFailed;
  }
  if (!Await(CLOCK_S_HFCLKSTAT_SRC, 1)) {
    return kSwitchFailed;
  }
  return Settle(CLOCK_S_HFCLKCTRL_HCLK, plan.hclk) ? kClockConfirmed : kSwitchFailed;
}

}  // namespace hilbench
