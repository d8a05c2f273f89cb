// The model, ready to run: what a product would carry, without anything of the bench.
#ifndef HILBENCH_ENGINE_H
#define HILBENCH_ENGINE_H

#include <cstddef>
#include <cstdint>

#include "image/image.h"
#include "tensorflow/lite/micro/micro_interpreter.h"

namespace hilbench {

// As MODEL_STATUS in docs/protocol.md.
enum class ModelStatus : uint8_t { kReady = 0, kNone = 1, kArenaTooSmall = 2, kOperatorMissing = 3, kRefused = 4 };

struct Bytes {
  const uint8_t* data;
  uint32_t size;
};

// Plans the model into the arena. Called once; the log says why when it is not ready.
ModelStatus PrepareModel();

// Valid once PrepareModel answered kReady.
tflite::MicroInterpreter& Interpreter();

uint8_t* InputData();
Bytes InputTensor();
Bytes OutputTensor();
// A node's first output.
Bytes NodeOutput(size_t node);

uint32_t ArenaUsedBytes();
uint32_t ArenaBytes();

}  // namespace hilbench

#endif
