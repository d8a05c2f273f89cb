#include "engine/engine.h"

#include <cstring>

#include "engine/graph.h"
#include "engine/log.h"

namespace hilbench {
namespace {

// What the runtimes say when the arena ends, at whichever of their allocations that is.
constexpr const char* kArenaWords[] = {
    "arena",         "Arena",         "allocate", "Too many buffers", "scratch buffer handle",
    "tensor_memory", "resize buffer", "head size"};

HILBENCH_BENCH_BSS uint8_t* g_arena_end;

bool Said(const char* words) { return std::strstr(Log(), words) != nullptr; }

ModelStatus WhyNot() {
  if (Said("Didn't find op")) return ModelStatus::kOperatorMissing;
  for (const char* words : kArenaWords) {
    if (Said(words)) return ModelStatus::kArenaTooSmall;
  }
  return ModelStatus::kRefused;
}

}  // namespace

ModelStatus PrepareModel(const Subject& subject) {
  ClearLog();
  g_arena_end = subject.arena_end;
  if (subject.model_bytes == 0) return ModelStatus::kNone;
  ReadGraphOf(subject.model);
  if (!Plan(subject.model, __arena_start, ArenaBytes())) return WhyNot();
  return InputTensor().size == subject.input_bytes ? ModelStatus::kReady : ModelStatus::kRefused;
}

uint8_t* InputData() { return const_cast<uint8_t*>(InputTensor().data); }

uint32_t ArenaUsedBytes() { return static_cast<uint32_t>(PlannedBytes()); }

uint32_t ArenaBytes() { return static_cast<uint32_t>(g_arena_end - __arena_start); }

}  // namespace hilbench
