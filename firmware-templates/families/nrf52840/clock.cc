// Clock of nRF52840: 64 MHz always; HFXO makes it exact, the instruction cache makes it useful.
#include "families/clock_plan.h"
#include "families/nrf52840/registers.h"

namespace hilbench {

uint32_t SetClock(const ClockPlan& plan) {
  constexpr uint32_t kOnlyClock = 64000000;
  if (plan.clock_hz != kOnlyClock) {
    return kBadPlan;
  }
  if (!Await(CLOCK_HFCLKSTAT_STATE, 1)) {
    return kSourceNotReady;
  }
  Write(POWER_DCDCEN_DCDCEN, plan.dcdc);
  if (!Settle(NVMC_ICACHECNF_CACHEEN, 1)) {
    return kLatencyNotTaken;
  }
  At(CLOCK_EVENTS_HFCLKSTARTED) = 0;
  At(CLOCK_TASKS_HFCLKSTART) = 1;
  if (!Await(CLOCK_EVENTS_HFCLKSTARTED_EVENTS_HFCLKSTARTED, 1)) {
    return kOscillatorFailed;
  }
  return Await(CLOCK_HFCLKSTAT_SRC, 1) ? kClockConfirmed : kSwitchFailed;
}

}  // namespace hilbench
