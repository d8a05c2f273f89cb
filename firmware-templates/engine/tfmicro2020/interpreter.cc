// The runtime of July 2020, the crate tfmicro 0.1.0.
#include <new>

#include "engine/graph.h"
#include "engine/log.h"
#include "engine/runtime.h"
#include "engine/tfmicro2020/op_table.h"
#include "tensorflow/lite/micro/debug_log.h"
#include "tensorflow/lite/micro/micro_error_reporter.h"
#include "tensorflow/lite/micro/micro_interpreter.h"

namespace hilbench {
namespace {

// Made in place, since a global constructor would run before anything could report its failure.
alignas(tflite::MicroErrorReporter) uint8_t g_reporter[sizeof(tflite::MicroErrorReporter)];
alignas(OpTable) uint8_t g_op_table[sizeof(OpTable)];
alignas(tflite::MicroInterpreter) uint8_t g_interpreter[sizeof(tflite::MicroInterpreter)];

// Bytes at the arena's start that belong to the kernels, not to the runtime.
size_t g_kernel_bytes;

constexpr size_t kArenaAlignment = 16;

tflite::MicroInterpreter& Interpreter() { return *reinterpret_cast<tflite::MicroInterpreter*>(g_interpreter); }

Bytes Of(const TfLiteTensor& tensor) {
  return {reinterpret_cast<const uint8_t*>(tensor.data.raw), static_cast<uint32_t>(tensor.bytes)};
}

// Gives the kernels the memory that they share; false where the arena has less.
bool LendScratch(const tflite::Model& model, uint8_t* arena, size_t bytes) {
  g_kernel_bytes = 0;
  if (kKernelScratch.bytes == nullptr) return true;
  const size_t wanted = kKernelScratch.bytes(model);
  g_kernel_bytes = (wanted + kArenaAlignment - 1) / kArenaAlignment * kArenaAlignment;
  if (g_kernel_bytes >= bytes) {
    AppendToLog("The arena is too small for the scratch memory of the kernels.");
    return false;
  }
  kKernelScratch.use(arena, wanted);
  return true;
}

}  // namespace

bool Plan(const void* file, uint8_t* arena, size_t bytes) {
  const tflite::Model* model = tflite::GetModel(file);
  if (!LendScratch(*model, arena, bytes)) return false;
  auto* reporter = new (g_reporter) tflite::MicroErrorReporter();
  auto* op_table = new (g_op_table) OpTable();
  auto* interpreter = new (g_interpreter)
      tflite::MicroInterpreter(model, *op_table, arena + g_kernel_bytes, bytes - g_kernel_bytes, reporter);
  return interpreter->initialization_status() == kTfLiteOk && interpreter->AllocateTensors() == kTfLiteOk;
}

bool Invoke() { return Interpreter().Invoke() == kTfLiteOk; }

Bytes InputTensor() { return Of(*Interpreter().input(0)); }

Bytes OutputTensor() { return Of(*Interpreter().output(0)); }

Bytes NodeOutput(size_t node) { return Of(*Interpreter().tensor(static_cast<size_t>(OutputOfNode(node)))); }

size_t PlannedBytes() { return g_kernel_bytes + Interpreter().arena_used_bytes(); }

}  // namespace hilbench

// The runtime's only way out.
extern "C" void DebugLog(const char* text) { hilbench::AppendToLog(text); }
