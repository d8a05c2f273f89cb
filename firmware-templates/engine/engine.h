// The model, ready to run: what a product would carry, without anything of the bench.
#ifndef HILBENCH_ENGINE_H
#define HILBENCH_ENGINE_H

#include <cstddef>
#include <cstdint>

#include "engine/runtime.h"
#include "image/image.h"

namespace hilbench {

// As MODEL_STATUS in docs/protocol.md.
enum class ModelStatus : uint8_t { kReady = 0, kNone = 1, kRefused = 4 };

// Plans the model into the arena, in place of the one before; the log says why when it is not ready.
ModelStatus PrepareModel(const Subject& subject);

// What follows, and Invoke, is valid while the last PrepareModel answered kReady.
uint8_t* InputData();

uint32_t ArenaUsedBytes();
uint32_t ArenaBytes();

}  // namespace hilbench

#endif
