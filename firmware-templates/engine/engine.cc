#include "engine/engine.h"

#include <cstring>

#include "engine/log.h"
#include "image/image.h"

extern "C" {
extern uint8_t __arena_start[];
extern uint8_t __arena_end[];
}

namespace hilbench {
namespace {

// What the runtimes say when the arena ends, at whichever of their allocations that is.
constexpr const char* kArenaWords[] = {
    "arena",         "Arena",         "allocate", "Too many buffers", "scratch buffer handle",
    "tensor_memory", "resize buffer", "head size"};

bool Said(const char* words) { return std::strstr(Log(), words) != nullptr; }

ModelStatus WhyNot() {
  if (Said("Didn't find op")) return ModelStatus::kOperatorMissing;
  for (const char* words : kArenaWords) {
    if (Said(words)) return ModelStatus::kArenaTooSmall;
  }
  return ModelStatus::kRefused;
}

}  // namespace

ModelStatus PrepareModel() {
  ClearLog();
  if (kModelBytes == 0) return ModelStatus::kNone;
  if (!Plan(kModel, __arena_start, ArenaBytes())) return WhyNot();
  return InputTensor().size == kInputBytes ? ModelStatus::kReady : ModelStatus::kRefused;
}

uint8_t* InputData() { return const_cast<uint8_t*>(InputTensor().data); }

uint32_t ArenaUsedBytes() { return static_cast<uint32_t>(PlannedBytes()); }

uint32_t ArenaBytes() { return static_cast<uint32_t>(__arena_end - __arena_start); }

}  // namespace hilbench
