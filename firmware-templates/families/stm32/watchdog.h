// The independent watchdog of an STM32 (RM0090, IWDG), counting a low-speed oscillator that nothing stops.
#ifndef HILBENCH_FAMILIES_STM32_WATCHDOG_H
#define HILBENCH_FAMILIES_STM32_WATCHDOG_H

#include HILBENCH_FAMILY

namespace hilbench {

inline void FeedWatchdog() {
  constexpr uint32_t kRefresh = 0xAAAA;
  At(IWDG_KR) = kRefresh;
}

// The longest that every family can: 4,096 ticks of 32 kHz / 256, that is 32.8 s (22 s where the oscillator is as fast
// as the datasheets allow). It bounds one inference. A debugger that halts the core halts it too.
inline void StartWatchdog() {
  constexpr uint32_t kStart = 0xCCCC;
  constexpr uint32_t kUnlock = 0x5555;
  constexpr uint32_t kBy256 = 6;
  Write(kWatchdogHaltsInDebug, 1);
  At(IWDG_KR) = kStart;
  At(IWDG_KR) = kUnlock;
  Write(IWDG_PR_PR, kBy256);
  Write(IWDG_RLR_RL, 0xFFF);
  Await(IWDG_SR_PVU, 0);
  Await(IWDG_SR_RVU, 0);
  FeedWatchdog();
}

}  // namespace hilbench

#endif
