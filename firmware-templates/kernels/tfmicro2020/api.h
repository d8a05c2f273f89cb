// What the adapters take from the runtime, as that of July 2020 has it.
#ifndef HILBENCH_KERNELS_API_H
#define HILBENCH_KERNELS_API_H

#include <cstddef>

#include "hilbench_kernels.h"
#include "tensorflow/lite/c/common.h"
#include "tensorflow/lite/kernels/kernel_util.h"

namespace hilbench {
namespace kernels {

constexpr TfLiteFusedActivation kReluN1To1 = kTfLiteActRelu1;

// A registration of these functions; kInit may be null.
template <auto kInit, auto kPrepare, auto kInvoke>
Registration Registered() {
  static TfLiteRegistration r = {kInit, nullptr, kPrepare, kInvoke};
  return &r;
}

// Memory that lives as long as the interpreter; null where the arena ends.
inline void* AllocatePersistent(TfLiteContext* context, size_t bytes) {
  void* memory = nullptr;
  return context->AllocatePersistentBuffer(context, bytes, &memory) == kTfLiteOk ? memory : nullptr;
}

// The tensors of a node while it is prepared; an input that was left out is null.
class NodeTensors {
 public:
  NodeTensors(TfLiteContext* context, TfLiteNode* node) : context_(context), node_(node) {}

  const TfLiteTensor* Input(int index) {
    return index < node_->inputs->size ? tflite::GetOptionalInputTensor(context_, node_, index) : nullptr;
  }
  TfLiteTensor* Output() { return tflite::GetOutput(context_, node_, 0); }

 private:
  TfLiteContext* context_;
  TfLiteNode* node_;
};

// The tensors of a node when it runs.
using EvalTensor = TfLiteTensor;

inline const EvalTensor* EvalInput(TfLiteContext* context, TfLiteNode* node, int index) {
  return index < node->inputs->size ? tflite::GetOptionalInputTensor(context, node, index) : nullptr;
}
inline EvalTensor* EvalOutput(TfLiteContext* context, TfLiteNode* node) { return tflite::GetOutput(context, node, 0); }

// One buffer, which all kernels share (UseScratch).
struct Scratch {};

// Scratch of at least `bytes`, or an error in the log.
TfLiteStatus RequireScratch(TfLiteContext* context, size_t bytes, Scratch* scratch);
void* Memory(TfLiteContext* context, const Scratch& scratch);

}  // namespace kernels
}  // namespace hilbench

#endif
