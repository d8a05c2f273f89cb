// The runtime of today, a library that the user built.
#include <new>

#include "engine/current/op_table.h"
#include "engine/graph.h"
#include "engine/runtime.h"
#include "tensorflow/lite/micro/memory_helpers.h"
#include "tensorflow/lite/micro/micro_interpreter.h"

namespace hilbench {
namespace {

// Lets the bench see tensors between the model's input and its output.
class OpenInterpreter : public tflite::MicroInterpreter {
 public:
  using tflite::MicroInterpreter::MicroInterpreter;

  const TfLiteEvalTensor& Tensor(int32_t index) const { return *context().GetEvalTensor(&context(), index); }
};

// Made in place, since a global constructor would run before anything could report its failure.
alignas(OpTable) uint8_t g_op_table[sizeof(OpTable)];
alignas(OpenInterpreter) uint8_t g_interpreter[sizeof(OpenInterpreter)];

OpenInterpreter& Interpreter() { return *reinterpret_cast<OpenInterpreter*>(g_interpreter); }

Bytes Of(const TfLiteTensor& tensor) {
  return {reinterpret_cast<const uint8_t*>(tensor.data.raw), static_cast<uint32_t>(tensor.bytes)};
}

}  // namespace

bool Plan(const void* file, uint8_t* arena, size_t bytes) {
  auto* op_table = new (g_op_table) OpTable();
  auto* interpreter = new (g_interpreter) OpenInterpreter(tflite::GetModel(file), *op_table, arena, bytes);
  return interpreter->initialization_status() == kTfLiteOk && interpreter->AllocateTensors() == kTfLiteOk;
}

bool Invoke() { return Interpreter().Invoke() == kTfLiteOk; }

Bytes InputTensor() { return Of(*Interpreter().input(0)); }

Bytes OutputTensor() { return Of(*Interpreter().output(0)); }

Bytes NodeOutput(size_t node) {
  const TfLiteEvalTensor& tensor = Interpreter().Tensor(OutputOfNode(node));
  size_t bytes = 0;
  if (tflite::TfLiteEvalTensorByteLength(&tensor, &bytes) != kTfLiteOk) bytes = 0;
  return {reinterpret_cast<const uint8_t*>(tensor.data.raw), static_cast<uint32_t>(bytes)};
}

size_t PlannedBytes() { return Interpreter().arena_used_bytes(); }

}  // namespace hilbench
