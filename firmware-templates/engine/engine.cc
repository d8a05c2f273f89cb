#include "engine/engine.h"

#include <cstring>
#include <new>

#include "engine/log.h"
#include "engine/op_table.h"
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

bool Said(const char* words) { return std::strstr(Log(), words) != nullptr; }

ModelStatus WhyNot() {
  if (Said("Didn't find op")) return ModelStatus::kOperatorMissing;
  if (Said("arena") || Said("allocate") || Said("resize buffer")) return ModelStatus::kArenaTooSmall;
  return ModelStatus::kRefused;
}

Bytes Of(const TfLiteTensor& tensor) {
  return {reinterpret_cast<const uint8_t*>(tensor.data.raw), static_cast<uint32_t>(tensor.bytes)};
}

}  // namespace

ModelStatus PrepareModel() {
  ClearLog();
  if (kModelBytes == 0) return ModelStatus::kNone;
  auto* reporter = new (g_reporter) tflite::MicroErrorReporter();
  auto* op_table = new (g_op_table) OpTable();
  auto* interpreter = new (g_interpreter)
      tflite::MicroInterpreter(tflite::GetModel(kModel), *op_table, __arena_start, ArenaBytes(), reporter);
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

uint32_t ArenaUsedBytes() { return static_cast<uint32_t>(Interpreter().arena_used_bytes()); }

uint32_t ArenaBytes() { return static_cast<uint32_t>(__arena_end - __arena_start); }

}  // namespace hilbench
