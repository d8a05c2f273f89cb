#include "engine/engine.h"

#include <cstring>
#include <new>

#include "engine/log.h"
#include "engine/op_table.h"
#include "tensorflow/lite/micro/debug_log.h"
#include "tensorflow/lite/micro/micro_error_reporter.h"

extern "C" {
extern uint8_t __arena_start[];
extern uint8_t __arena_end[];
}

namespace hilbench {
namespace {

// Made in place, since a global constructor would run before anything could report its failure.
alignas(tflite::MicroErrorReporter) uint8_t g_reporter[sizeof(tflite::MicroErrorReporter)];
alignas(OpTable) uint8_t g_op_table[sizeof(OpTable)];
alignas(tflite::MicroInterpreter) uint8_t g_interpreter[sizeof(tflite::MicroInterpreter)];

// Bytes at the arena's start that belong to the kernels, not to the runtime.
uint32_t g_kernel_bytes;

constexpr size_t kArenaAlignment = 16;

// What the runtime says when the arena ends, at whichever of its allocations that is.
constexpr const char* kArenaWords[] = {"arena",        "Arena", "allocate", "Too many buffers", "scratch buffer handle",
                                       "tensor_memory"};

bool Said(const char* words) { return std::strstr(Log(), words) != nullptr; }

ModelStatus WhyNot() {
  if (Said("Didn't find op")) return ModelStatus::kOperatorMissing;
  for (const char* words : kArenaWords) {
    if (Said(words)) return ModelStatus::kArenaTooSmall;
  }
  return ModelStatus::kRefused;
}

// Gives the kernels the memory that they share; false where the arena has less.
bool LendScratch(const tflite::Model& model) {
  if (kKernelScratch.bytes == nullptr) return true;
  const size_t wanted = kKernelScratch.bytes(model);
  if (wanted > ArenaBytes()) {
    DebugLog("The arena is too small for the scratch memory of the kernels.");
    return false;
  }
  kKernelScratch.use(__arena_start, wanted);
  g_kernel_bytes = static_cast<uint32_t>((wanted + kArenaAlignment - 1) / kArenaAlignment * kArenaAlignment);
  return g_kernel_bytes < ArenaBytes();
}

Bytes Of(const TfLiteTensor& tensor) {
  return {reinterpret_cast<const uint8_t*>(tensor.data.raw), static_cast<uint32_t>(tensor.bytes)};
}

}  // namespace

ModelStatus PrepareModel() {
  ClearLog();
  if (kModelBytes == 0) return ModelStatus::kNone;
  const tflite::Model* model = tflite::GetModel(kModel);
  if (!LendScratch(*model)) return ModelStatus::kArenaTooSmall;
  auto* reporter = new (g_reporter) tflite::MicroErrorReporter();
  auto* op_table = new (g_op_table) OpTable();
  auto* interpreter = new (g_interpreter) tflite::MicroInterpreter(model, *op_table, __arena_start + g_kernel_bytes,
                                                                   ArenaBytes() - g_kernel_bytes, reporter);
  if (interpreter->initialization_status() != kTfLiteOk || interpreter->AllocateTensors() != kTfLiteOk) {
    return WhyNot();
  }
  return InputTensor().size == kInputBytes ? ModelStatus::kReady : ModelStatus::kRefused;
}

tflite::MicroInterpreter& Interpreter() { return *reinterpret_cast<tflite::MicroInterpreter*>(g_interpreter); }

uint8_t* InputData() { return reinterpret_cast<uint8_t*>(Interpreter().input(0)->data.raw); }

Bytes InputTensor() { return Of(*Interpreter().input(0)); }

Bytes OutputTensor() { return Of(*Interpreter().output(0)); }

Bytes NodeOutput(size_t node) {
  const tflite::NodeAndRegistration found = Interpreter().node_and_registration(static_cast<int>(node));
  return Of(*Interpreter().tensor(static_cast<size_t>(found.node.outputs->data[0])));
}

uint32_t ArenaUsedBytes() { return g_kernel_bytes + static_cast<uint32_t>(Interpreter().arena_used_bytes()); }

uint32_t ArenaBytes() { return static_cast<uint32_t>(__arena_end - __arena_start); }

}  // namespace hilbench
