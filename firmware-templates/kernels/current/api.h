// What the adapters take from the runtime, as that of today has it.
#ifndef HILBENCH_KERNELS_API_H
#define HILBENCH_KERNELS_API_H

#include <cstddef>

#include "hilbench_kernels.h"
#include "tensorflow/lite/c/common.h"
#include "tensorflow/lite/kernels/kernel_util.h"
#include "tensorflow/lite/micro/kernels/kernel_util.h"
#include "tensorflow/lite/micro/micro_context.h"

namespace hilbench {
namespace kernels {

constexpr TfLiteFusedActivation kReluN1To1 = kTfLiteActReluN1To1;

// A registration of these functions; kInit may be null.
template <auto kInit, auto kPrepare, auto kInvoke>
Registration Registered() {
  Registration r = {};
  r.init = kInit;
  r.prepare = kPrepare;
  r.invoke = kInvoke;
  return r;
}

// Memory that lives as long as the interpreter; null where the arena ends.
inline void* AllocatePersistent(TfLiteContext* context, size_t bytes) {
  return context->AllocatePersistentBuffer(context, bytes);
}

// The tensors of a node while it is prepared, which the runtime lends for that time; an input that was left out is
// null.
class NodeTensors {
 public:
  NodeTensors(TfLiteContext* context, TfLiteNode* node) : micro_(*tflite::GetMicroContext(context)), node_(node) {}
  NodeTensors(const NodeTensors&) = delete;
  NodeTensors& operator=(const NodeTensors&) = delete;
  ~NodeTensors() {
    while (lent_ > 0) micro_.DeallocateTempTfLiteTensor(tensors_[--lent_]);
  }

  const TfLiteTensor* Input(int index) {
    const bool given = index < node_->inputs->size && node_->inputs->data[index] >= 0;
    return given ? Lent(micro_.AllocateTempInputTensor(node_, index)) : nullptr;
  }
  TfLiteTensor* Output() { return Lent(micro_.AllocateTempOutputTensor(node_, 0)); }

 private:
  static constexpr int kMost = 4;

  TfLiteTensor* Lent(TfLiteTensor* tensor) {
    if (tensor != nullptr && lent_ < kMost) tensors_[lent_++] = tensor;
    return tensor;
  }

  tflite::MicroContext& micro_;
  TfLiteNode* node_;
  TfLiteTensor* tensors_[kMost];
  int lent_ = 0;
};

// The tensors of a node when it runs.
using EvalTensor = TfLiteEvalTensor;

inline const EvalTensor* EvalInput(TfLiteContext* context, TfLiteNode* node, int index) {
  const bool given = index < node->inputs->size && node->inputs->data[index] >= 0;
  return given ? tflite::micro::GetEvalInput(context, node, index) : nullptr;
}
inline EvalTensor* EvalOutput(TfLiteContext* context, TfLiteNode* node) {
  return tflite::micro::GetEvalOutput(context, node, 0);
}

// A part of the arena while the node runs; the index is the runtime's, -1 for none.
struct Scratch {
  int index;
};

TfLiteStatus RequireScratch(TfLiteContext* context, size_t bytes, Scratch* scratch);
void* Memory(TfLiteContext* context, const Scratch& scratch);

}  // namespace kernels
}  // namespace hilbench

#endif
