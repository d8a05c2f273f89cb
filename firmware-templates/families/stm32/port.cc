// Counters, trigger, watchdog and clocks of every STM32 family: what differs is in its port_facts.h.
#include "targets/port.h"

#include HILBENCH_FAMILY
#include "families/clock_cause.h"
#include "families/cycle_counter.h"
#include "families/reset_cause.h"
#include "families/stm32/pins.h"
#include "families/stm32/serial.h"
#include "families/stm32/watchdog.h"
#include "image/board.h"
#include "targets/wrap.h"

namespace hilbench {
namespace {

// TIM2 counts the wraps of the cycle counter; where there is none, as in simulators, it counts the time itself, 32 bits
// long without a wrap.
constexpr uint32_t kWrapPrescaler = 65536;
constexpr uint32_t kTimePrescaler = 64;

size_t g_point = 0;
uint32_t g_cause = kBadPlan;
bool g_cycles = false;
const char* g_reset_cause = nullptr;

const ClockPlan& Plan() { return kClockPlans[g_point]; }
bool Confirmed() { return g_cause == kClockConfirmed; }

void SetPoint(size_t index) {
  g_point = index;
  g_cause = SetClock(Plan());
  SerialStart(Confirmed() ? UartHz(kBoard.uart_address, Plan()) : kResetHz);
}

void StartTimer() {
  EnableTimer();
  At(TIM2_PSC) = (g_cycles ? kWrapPrescaler : kTimePrescaler) - 1;
  At(TIM2_ARR) = 0xFFFFFFFF;
  At(TIM2_EGR) = TIM2_EGR_UG.Mask();
  At(TIM2_CR1) = TIM2_CR1_CEN.Mask();
}

}  // namespace

void PortStart() {
  g_reset_cause = ResetCauseText(kResetCauses);
  Write(kClearResetCauses, 1);
  StartFamily();
  SetPin(kPins.trigger, kOutput, 0);
  SetPoint(0);
  g_cycles = StartCycleCounter();
  StartTimer();
  StartWatchdog();
}

// SysTick runs meanwhile, its interrupt pending and never taken: QEMU's model of the STM32L4 asks for the next byte
// only when something else happens. Silicon does not mind.
void PortAwaitByte() {
  constexpr uint32_t kSysTickControl = 0xE000E010;
  constexpr uint32_t kSysTickReload = 0xE000E014;
  constexpr uint32_t kRunWithInterrupt = 7;
  At(kSysTickReload) = kResetHz / 1000;
  At(kSysTickControl) = kRunWithInterrupt;
  while (Read({kBoard.uart_address + kUartReceived.address - kUartBase, kUartReceived.lowest, 1}) == 0) {
    FeedWatchdog();
    ClearOverrun(kBoard.uart_address);
  }
  At(kSysTickControl) = 0;
}

void PortFeedWatchdog() { FeedWatchdog(); }

Clock PortSetOperatingPoint(size_t index) {
  PortFlush();
  SetPoint(index < kBoard.point_count ? index : 0);
  return PortClock();
}

Clock PortClock() {
  return {kBoard.points[g_point].name, Confirmed() ? Plan().clock_hz : 0, Confirmed(), ClockCauseText(g_cause)};
}

Moment PortNow() { return {g_cycles ? At(kDwtCycles) : At(TIM2_CNT), At(TIM2_CNT)}; }

uint64_t PortTicks(Moment from, Moment to) {
  const uint32_t fine = to.fine - from.fine;
  return g_cycles ? TicksBetween(fine, to.coarse - from.coarse, kWrapPrescaler * CoreClocksPerTimerClock(Plan()))
                  : fine;
}

const char* PortTickSource() { return g_cycles ? "dwt" : "tim2"; }

// Without a confirmed clock, and in a simulator, ticks say nothing about seconds.
uint32_t PortTickHz() { return g_cycles && Confirmed() ? Plan().clock_hz : 0; }

// Reading it faults in simulators, which have no cycle counter either.
size_t PortUniqueId(uint8_t* into, size_t room) {
  constexpr size_t kBytes = 12;
  return g_cycles && room >= kBytes ? ReadBytes(kUniqueId, into, kBytes) : 0;
}

const char* PortResetCause() { return g_reset_cause; }

void PortTrigger(bool high) { DrivePin(kPins.trigger, high); }

}  // namespace hilbench
