#include "server/boot_memory.h"

#include "hilbench_protocol.h"
#include "image/board.h"

namespace hilbench {

__attribute__((section(".noinit"))) Progress g_progress;

namespace {

constexpr Progress kIdle = {Phase::kIdle, kNoOp};

struct BootMemory {
  uint32_t boots;
  uint32_t has_fault;
  FaultRecord fault;
  uint32_t crc;  // of all before it
};

__attribute__((section(".noinit"))) BootMemory g_memory;

HILBENCH_BENCH_BSS Progress g_left;  // by the boot before

uint32_t Crc() { return hb_crc32(0, &g_memory, offsetof(BootMemory, crc)); }

}  // namespace

const char* Name(Phase phase) {
  switch (phase) {
    case Phase::kBoot: return "boot";
    case Phase::kClock: return "clock";
    case Phase::kModel: return "model";
    case Phase::kWarmUp: return "warm-up";
    case Phase::kRun: return "run";
    case Phase::kPerOp: return "per-op";
    default: return "idle";
  }
}

uint32_t CountBoot() {
  const bool warm = g_memory.crc == Crc();
  g_left = warm && g_progress.phase <= Phase::kIdle && g_progress.op >= kNoOp ? g_progress : kIdle;
  g_progress = {Phase::kBoot, kNoOp};
  if (!warm) {
    // A cold start. Whatever the RAM holds makes the nonces of two cold starts differ on real silicon.
    g_memory.boots = Crc();
    g_memory.has_fault = 0;
  }
  g_memory.boots++;
  g_memory.crc = Crc();
  return g_memory.boots;
}

void KeepFault(const FaultRecord& record) {
  g_memory.fault = record;
  g_memory.has_fault = 1;
  g_memory.crc = Crc();
}

void KeepWatchdogReset() {
  if (g_left.phase != Phase::kIdle) KeepFault({{}, g_left, true});
}

const FaultRecord* KeptFault() { return g_memory.has_fault != 0 ? &g_memory.fault : nullptr; }

}  // namespace hilbench
