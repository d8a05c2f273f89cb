// What one boot leaves to the next in memory that start-up does not clear: a counter and the last fault.
#ifndef HILBENCH_BOOT_MEMORY_H
#define HILBENCH_BOOT_MEMORY_H

#include <cstdint>

#include "targets/cortex-m/cortex_m.h"

namespace hilbench {

enum class Phase : uint8_t { kBoot, kClock, kModel, kWarmUp, kRun, kPerOp, kIdle };
const char* Name(Phase phase);

constexpr int32_t kNoOp = -1;

// What the device is doing, for a fault's message.
struct Progress {
  Phase phase;
  int32_t op;  // kNoOp where it is not known
};
extern Progress g_progress;

struct FaultRecord {
  Fault fault;
  Progress progress;
};

// Counts this boot; the memory of a cold start, which holds anything, is recognised and begun anew.
uint32_t CountBoot();
void KeepFault(const FaultRecord& record);
// The fault of a boot before this one, or nullptr.
const FaultRecord* KeptFault();

}  // namespace hilbench

#endif
