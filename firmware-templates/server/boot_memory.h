// What one boot leaves to the next in memory that start-up does not clear: a counter, the last fault, and what it was
// doing when it ended.
#ifndef HILBENCH_BOOT_MEMORY_H
#define HILBENCH_BOOT_MEMORY_H

#include <cstdint>

#include "targets/cortex-m/cortex_m.h"

namespace hilbench {

enum class Phase : uint8_t { kBoot, kClock, kModel, kWarmUp, kRun, kPerOp, kIdle };
const char* Name(Phase phase);

constexpr int32_t kNoOp = -1;

// What the device is doing, for the message of a fault or of the watchdog's bite.
struct Progress {
  Phase phase;
  int32_t op;  // kNoOp where it is not known
};
// Until CountBoot it is that of the boot before.
extern Progress g_progress;

struct FaultRecord {
  Fault fault;
  Progress progress;
  bool by_watchdog;  // no fault, but a reset; `fault` says nothing
};

// Counts this boot; the memory of a cold start, which holds anything, is recognised and begun anew.
uint32_t CountBoot();
void KeepFault(const FaultRecord& record);
// This boot is the watchdog's doing: keeps what the boot before was at, unless it was idle.
void KeepWatchdogReset();
// The fault of a boot before this one, or nullptr.
const FaultRecord* KeptFault();

}  // namespace hilbench

#endif
