#include "engine/engine.h"

#include "engine/graph.h"
#include "engine/log.h"

namespace hilbench {
namespace {

HILBENCH_BENCH_BSS uint8_t* g_arena_end;

}  // namespace

ModelStatus PrepareModel(const Subject& subject) {
  ClearLog();
  g_arena_end = subject.arena_end;
  if (subject.model_bytes == 0) return ModelStatus::kNone;
  ReadGraphOf(subject.model);
  if (!Plan(subject.model, __arena_start, ArenaBytes())) return ModelStatus::kRefused;
  return InputTensor().size == subject.input_bytes ? ModelStatus::kReady : ModelStatus::kRefused;
}

uint8_t* InputData() { return const_cast<uint8_t*>(InputTensor().data); }

uint32_t ArenaUsedBytes() { return static_cast<uint32_t>(PlannedBytes()); }

uint32_t ArenaBytes() { return static_cast<uint32_t>(g_arena_end - __arena_start); }

}  // namespace hilbench
