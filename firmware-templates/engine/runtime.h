// All that the bench takes from TensorFlow Lite Micro. Each API that it has had is a folder: tfmicro2020/ (an
// ErrorReporter, TfLiteRegistration) and current/ (MicroMutableOpResolver::AddX, TFLMRegistration). CMake compiles the
// one whose headers are linked (cmake/flags.cmake).
#ifndef HILBENCH_RUNTIME_H
#define HILBENCH_RUNTIME_H

#include <cstddef>
#include <cstdint>

namespace hilbench {

struct Bytes {
  const uint8_t* data;
  uint32_t size;
};

// Makes the interpreter and plans the model into the arena, with the image's operators. Called once; where it answers
// false, the log says why.
bool Plan(const void* model, uint8_t* arena, size_t bytes);

// One inference; false where an operator failed.
bool Invoke();

Bytes InputTensor();
Bytes OutputTensor();
// A node's first output.
Bytes NodeOutput(size_t node);

// Of the arena, as planned, with what the kernels took of it.
size_t PlannedBytes();

}  // namespace hilbench

#endif
