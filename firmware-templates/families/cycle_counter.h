// The core's cycle counter (Armv7-M and Armv8-M Architecture Reference Manuals, DWT).
#ifndef HILBENCH_FAMILIES_CYCLE_COUNTER_H
#define HILBENCH_FAMILIES_CYCLE_COUNTER_H

#include "families/register.h"

namespace hilbench {

constexpr uint32_t kDwtCtrl = 0xE0001000;
constexpr uint32_t kDwtCycles = 0xE0001004;
constexpr uint32_t kDwtLock = 0xE0001FB0;
constexpr uint32_t kUnlock = 0xC5ACCE55;
constexpr BitField kTraceEnable = {0xE000EDFC, 24, 1};
constexpr BitField kDwtComparators = {kDwtCtrl, 28, 4};
constexpr BitField kDwtCyclesEnable = {kDwtCtrl, 0, 1};

// Starts the counter; false where there is none. Simulators have no comparators either: their presence is a sign of
// silicon, and that the counter moves is looked at as well.
inline bool StartCycleCounter() {
  Write(kTraceEnable, 1);
  if (Read(kDwtComparators) == 0) {
    return false;
  }
  At(kDwtLock) = kUnlock;  // a Cortex-M7 locks it, the others ignore this
  At(kDwtCycles) = 0;
  Write(kDwtCyclesEnable, 1);
  const uint32_t before = At(kDwtCycles);
  return At(kDwtCycles) != before;
}

}  // namespace hilbench

#endif
