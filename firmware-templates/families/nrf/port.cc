// Counters, trigger, watchdog and clocks of nRF52840 and the nRF5340 application core: what differs is in their
// port_facts.h, and the serial line in their serial.cc.
#include "targets/port.h"

#include HILBENCH_FAMILY
#include "families/clock_cause.h"
#include "families/cycle_counter.h"
#include "families/nrf/pins.h"
#include "families/nrf/serial.h"
#include "image/board.h"
#include "targets/wrap.h"

namespace hilbench {
namespace {

// TIMER0 runs at 16 MHz / 2^prescaler, 32 bits: it counts the wraps of the cycle counter, or, where there is none, as
// in simulators, the time itself.
constexpr uint32_t kTimerHz = 16000000;
constexpr uint32_t kWrapPrescaler = 9;
constexpr uint32_t k32Bits = 3;

constexpr uint32_t kWatchdogHz = 32768;
constexpr uint32_t kWatchdogSeconds = 60;  // bounds one inference
constexpr uint32_t kReload = 0x6E524635;

size_t g_point = 0;
uint32_t g_cause = kBadPlan;
bool g_cycles = false;
const char* g_reset_cause = nullptr;

const ClockPlan& Plan() { return kClockPlans[g_point]; }
bool Confirmed() { return g_cause == kClockConfirmed; }

void StartTimer() {
  At(kTimerWidth) = k32Bits;
  At(kTimerPrescaler) = g_cycles ? kWrapPrescaler : 0;
  At(kTimerStart) = 1;
}

// One that runs already, over a reset, keeps its settings, which are these.
void StartWatchdog() {
  At(kWatchdogPeriod) = kWatchdogHz * kWatchdogSeconds;
  At(kWatchdogRequests) = kWatchdogFirstRequest.Mask();
  At(kWatchdogConfig) = kWatchdogRunsAsleep.Mask();  // and not while a debugger halts the core
  At(kWatchdogStart) = 1;
}

}  // namespace

void PortStart() {
  KeepDebugPortOpen();
  g_reset_cause = ResetCauseText(kResetCauses);
  At(kResetReasons) = 0xFFFFFFFF;  // ones clear
  MakeOutput(kPins.trigger, false);
  g_cause = SetClock(Plan());
  SerialStart();
  g_cycles = StartCycleCounter();
  StartTimer();
  StartWatchdog();
}

void PortAwaitByte() {
  while (!SerialHasByte()) {
    PortFeedWatchdog();
  }
}

void PortFeedWatchdog() { At(kWatchdogReload) = kReload; }

Clock PortSetOperatingPoint(size_t index) {
  PortFlush();
  g_point = index < kBoard.point_count ? index : 0;
  g_cause = SetClock(Plan());
  return PortClock();
}

Clock PortClock() {
  return {kBoard.points[g_point].name, Confirmed() ? Plan().clock_hz : 0, Confirmed(), ClockCauseText(g_cause)};
}

Moment PortNow() {
  At(kTimerCapture) = 1;
  const uint32_t timer = At(kTimerCaptured);
  return {g_cycles ? At(kDwtCycles) : timer, timer};
}

uint64_t PortTicks(Moment from, Moment to) {
  const uint32_t fine = to.fine - from.fine;
  const uint32_t clocks = Plan().clock_hz / (kTimerHz >> kWrapPrescaler);
  return g_cycles ? TicksBetween(fine, to.coarse - from.coarse, clocks) : fine;
}

const char* PortTickSource() { return g_cycles ? "dwt" : "timer0"; }

// Without a confirmed clock, and in a simulator, ticks say nothing about seconds.
uint32_t PortTickHz() { return g_cycles && Confirmed() ? Plan().clock_hz : 0; }

size_t PortUniqueId(uint8_t* into, size_t room) {
  constexpr size_t kBytes = 8;
  return room >= kBytes ? ReadBytes(kDeviceId, into, kBytes) : 0;
}

const char* PortResetCause() { return g_reset_cause; }

void PortTrigger(bool high) { DrivePin(kPins.trigger, high); }

}  // namespace hilbench
