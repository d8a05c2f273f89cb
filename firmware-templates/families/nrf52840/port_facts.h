// What families/nrf/ must know of nRF52840: its registers under the names that both parts share.
#ifndef HILBENCH_NRF52840_PORT_FACTS_H
#define HILBENCH_NRF52840_PORT_FACTS_H

#include "families/clock_plan.h"
#include "families/nrf52840/registers.h"
#include "families/reset_cause.h"

namespace hilbench {

constexpr uint32_t kPinSet = P0_OUTSET;
constexpr uint32_t kPinClear = P0_OUTCLR;
constexpr uint32_t kPinConfig = P0_PIN_CNF;
constexpr uint32_t kPortStride = P1_OUTSET - P0_OUTSET;

constexpr uint32_t kTimerStart = TIMER0_TASKS_START;
constexpr uint32_t kTimerCapture = TIMER0_TASKS_CAPTURE;
constexpr uint32_t kTimerCaptured = TIMER0_CC;
constexpr uint32_t kTimerWidth = TIMER0_BITMODE;
constexpr uint32_t kTimerPrescaler = TIMER0_PRESCALER;

constexpr uint32_t kWatchdogStart = WDT_TASKS_START;
constexpr uint32_t kWatchdogPeriod = WDT_CRV;
constexpr uint32_t kWatchdogRequests = WDT_RREN;
constexpr uint32_t kWatchdogConfig = WDT_CONFIG;
constexpr uint32_t kWatchdogReload = WDT_RR;
constexpr BitField kWatchdogFirstRequest = WDT_RREN_RR0;
constexpr BitField kWatchdogRunsAsleep = WDT_CONFIG_SLEEP;

constexpr uint32_t kDeviceId = FICR_DEVICEID;
constexpr uint32_t kResetReasons = POWER_RESETREAS;
constexpr ResetCause kResetCauses[] = {
    {POWER_RESETREAS_DOG, "watchdog"},
    {POWER_RESETREAS_LOCKUP, "lock-up"},
    {POWER_RESETREAS_SREQ, "software"},
    {POWER_RESETREAS_RESETPIN, "pin"},
};

constexpr BitField kFlashReady = NVMC_READY_READY;
constexpr BitField kFlashMode = NVMC_CONFIG_WEN;

inline void ErasePage(uint32_t address) { At(NVMC_ERASEPAGE) = address; }

// The cache is empty once it was off.
inline void EmptyFlashCache() {
  Write(NVMC_ICACHECNF_CACHEEN, 0);
  Write(NVMC_ICACHECNF_CACHEEN, 1);
}

// From revision 3 on a reset closes the debug port again, and only an erase of everything opens it, unless the firmware
// says so (Product Specification, APPROTECT.DISABLE: SwDisable). Older revisions have nothing at this address, and
// neither has the register map that the other registers are held against.
inline void KeepDebugPortOpen() {
  constexpr uint32_t kApprotectDisable = 0x40000558;
  constexpr uint32_t kSwDisable = 0x5A;
  At(kApprotectDisable) = kSwDisable;
}

}  // namespace hilbench

#endif
