// What families/nrf/ must know of the nRF5340 application core: its registers under the names that both parts share.
#ifndef HILBENCH_NRF5340_PORT_FACTS_H
#define HILBENCH_NRF5340_PORT_FACTS_H

#include "families/clock_plan.h"
#include "families/nrf5340/registers.h"
#include "families/reset_cause.h"

namespace hilbench {

constexpr uint32_t kPinSet = P0_S_OUTSET;
constexpr uint32_t kPinClear = P0_S_OUTCLR;
constexpr uint32_t kPinConfig = P0_S_PIN_CNF;
constexpr uint32_t kPortStride = P1_S_OUTSET - P0_S_OUTSET;

constexpr uint32_t kTimerStart = TIMER0_S_TASKS_START;
constexpr uint32_t kTimerCapture = TIMER0_S_TASKS_CAPTURE;
constexpr uint32_t kTimerCaptured = TIMER0_S_CC;
constexpr uint32_t kTimerWidth = TIMER0_S_BITMODE;
constexpr uint32_t kTimerPrescaler = TIMER0_S_PRESCALER;

constexpr uint32_t kWatchdogStart = WDT0_S_TASKS_START;
constexpr uint32_t kWatchdogPeriod = WDT0_S_CRV;
constexpr uint32_t kWatchdogRequests = WDT0_S_RREN;
constexpr uint32_t kWatchdogConfig = WDT0_S_CONFIG;
constexpr uint32_t kWatchdogReload = WDT0_S_RR;
constexpr BitField kWatchdogFirstRequest = WDT0_S_RREN_RR0;
constexpr BitField kWatchdogRunsAsleep = WDT0_S_CONFIG_SLEEP;

constexpr uint32_t kDeviceId = FICR_S_INFO_DEVICEID;
constexpr uint32_t kResetReasons = RESET_S_RESETREAS;
constexpr ResetCause kResetCauses[] = {
    {RESET_S_RESETREAS_DOG0, "watchdog"},
    {RESET_S_RESETREAS_LOCKUP, "lock-up"},
    {RESET_S_RESETREAS_SREQ, "software"},
    {RESET_S_RESETREAS_RESETPIN, "pin"},
};

constexpr BitField kFlashReady = NVMC_S_READY_READY;
constexpr BitField kFlashMode = NVMC_S_CONFIG_WEN;

// A page is erased by a word of ones to its first word while the mode says so.
inline void ErasePage(uint32_t address) { At(address) = 0xFFFFFFFF; }

inline void EmptyFlashCache() { At(CACHE_S_INVALIDATE) = CACHE_S_INVALIDATE_INVALIDATE.Mask(); }

// A reset closes the debug port, and only an erase of everything opens it, unless the firmware writes the same key that
// a tool has put into UICR (Product Specification, CTRL-AP). An erased UICR holds no key, so nothing is opened then.
inline void KeepDebugPortOpen() {
  At(CTRLAP_S_APPROTECT_DISABLE) = At(UICR_S_APPROTECT);
  At(CTRLAP_S_SECUREAPPROTECT_DISABLE) = At(UICR_S_SECUREAPPROTECT);
}

}  // namespace hilbench

#endif
