// Arm MPS2 (AN386, AN500, AN505) as QEMU models it: CMSDK UART, timer and dual timer.
// Register layouts: Arm Cortex-M System Design Kit Technical Reference Manual (DDI 0479).
#include <cstdint>

#include "image/board.h"
#include "targets/cortex-m/cortex_m.h"
#include "targets/port.h"
#include "targets/wrap.h"

namespace hilbench {
namespace {

// UART
constexpr uint32_t kData = 0x00;
constexpr uint32_t kState = 0x04;
constexpr uint32_t kControl = 0x08;
constexpr uint32_t kBaudDivider = 0x10;
constexpr uint32_t kTransmitFull = 1u << 0;
constexpr uint32_t kReceiveFull = 1u << 1;
constexpr uint32_t kEnableBoth = 3u;
constexpr uint32_t kReceiveInterrupt = 1u << 3;
constexpr uint32_t kInterruptStatus = 0x0C;
constexpr uint32_t kLeastDivider = 16;

// Timer: 32 bits, counts down, one tick a clock.
constexpr uint32_t kTimerControl = 0x00;
constexpr uint32_t kTimerValue = 0x04;
constexpr uint32_t kTimerReload = 0x08;

// Dual timer, 0x2000 behind the timer: here one tick in 256 clocks, to count the wraps of the other.
constexpr uint32_t kDualTimer = 0x2000;
constexpr uint32_t kDualLoad = 0x00;
constexpr uint32_t kDualValue = 0x04;
constexpr uint32_t kDualControl = 0x08;
constexpr uint32_t kDualEnable = 1u << 7;
constexpr uint32_t kDualPeriodic = 1u << 6;
constexpr uint32_t kDualBy256 = 2u << 2;
constexpr uint32_t kDual32Bits = 1u << 1;
constexpr uint32_t kCoarseClocks = 256;

constexpr uint32_t kFull = 0xFFFFFFFF;

volatile uint32_t& Uart(uint32_t offset) { return Register(kBoard.uart_address + offset); }
volatile uint32_t& Timer(uint32_t offset) { return Register(kBoard.timer_address + offset); }

void StartCounters() {
  Timer(kTimerControl) = 1;
  Timer(kDualTimer + kDualControl) = kDualEnable | kDualPeriodic | kDualBy256 | kDual32Bits;
}

void StopCounters() {
  Timer(kTimerControl) = 0;
  Timer(kDualTimer + kDualControl) = kDualPeriodic | kDualBy256 | kDual32Bits;
}

// The interrupt controller's first 64 lines. Interrupts are never taken; a pending one ends the sleep. The serial
// port's line, which differs between the machines, is the only one that is ever raised.
constexpr uint32_t kSetEnable = 0xE000E100;
constexpr uint32_t kClearPending = 0xE000E280;

void EnableInterruptLines() {
  Register(kSetEnable) = kFull;
  Register(kSetEnable + 4) = kFull;
}

void WaitForInterrupt() {
  __asm__ volatile("wfi" ::: "memory");
  Uart(kInterruptStatus) = kFull;
  Register(kClearPending) = kFull;
  Register(kClearPending + 4) = kFull;
}

}  // namespace

void PortStart() {
  uint32_t divider = kBoard.points[0].clock_hz / kBoard.uart_baud;
  Uart(kBaudDivider) = divider < kLeastDivider ? kLeastDivider : divider;
  Uart(kControl) = kEnableBoth | kReceiveInterrupt;
  EnableInterruptLines();
  Timer(kTimerReload) = kFull;
  Timer(kTimerValue) = kFull;
  Timer(kDualTimer + kDualLoad) = kFull;
  StartCounters();
}

void PortAwaitByte() {
  // QEMU's clock leaps from one timer's end to the next while the processor sleeps; without timers it sleeps too.
  StopCounters();
  while ((Uart(kState) & kReceiveFull) == 0) {
    WaitForInterrupt();
  }
  StartCounters();
}

int PortRead() { return (Uart(kState) & kReceiveFull) != 0 ? static_cast<int>(Uart(kData) & 0xFF) : -1; }

void PortWrite(uint8_t byte) {
  while ((Uart(kState) & kTransmitFull) != 0) {
  }
  Uart(kData) = byte;
}

void PortFlush() {
  while ((Uart(kState) & kTransmitFull) != 0) {
  }
}

void PortFeedWatchdog() {}
void PortTrigger(bool) {}

// The clock is an oscillator on the board; there is nothing to set and nothing to doubt.
Clock PortSetOperatingPoint(size_t) { return PortClock(); }
Clock PortClock() { return {kBoard.points[0].name, kBoard.points[0].clock_hz, true, nullptr}; }

Moment PortNow() { return {Timer(kTimerValue), Timer(kDualTimer + kDualValue)}; }

uint64_t PortTicks(Moment from, Moment to) {
  // Both count down.
  return TicksBetween(from.fine - to.fine, from.coarse - to.coarse, kCoarseClocks);
}

const char* PortTickSource() { return "cmsdk-timer"; }
uint32_t PortTickHz() { return kBoard.timer_hz; }

size_t PortUniqueId(uint8_t*, size_t) { return 0; }
const char* PortResetCause() { return nullptr; }

}  // namespace hilbench
