// The model that requests are about: linked in, or uploaded last.
#ifndef HILBENCH_LOADED_H
#define HILBENCH_LOADED_H

#include "engine/engine.h"
#include "image/image.h"

namespace hilbench {

struct Loaded {
  Subject subject;
  ModelStatus status;
};
extern Loaded g_loaded;

// Prepares a model in place of the one before, and forgets the runs of that.
void Load(const Subject& subject);

// Less arena than this cannot hold the planner's own records, whatever the model.
constexpr uint32_t kLeastArenaBytes = 2048;

// What a resident image has for a model and the bench's buffers for it, together with that model's arena.
inline uint32_t SlotBytes() { return static_cast<uint32_t>(__arena_end - __arena_start) - kLeastArenaBytes; }

}  // namespace hilbench

#endif
