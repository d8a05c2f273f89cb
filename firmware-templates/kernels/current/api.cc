#include "current/api.h"

#include "adapter/node.h"

namespace hilbench {
namespace kernels {
namespace {

// Shapes are the file's: what RESHAPE is asked for stands in its output.
TfLiteStatus PrepareReshape(TfLiteContext* context, TfLiteNode* node) {
  NodeTensors tensors(context, node);
  const TfLiteTensor* input = tensors.Input(0);
  const TfLiteTensor* output = tensors.Output();
  TF_LITE_ENSURE_EQ(context, input->type, output->type);
  TF_LITE_ENSURE_EQ(context, input->bytes, output->bytes);
  return kTfLiteOk;
}

}  // namespace

TfLiteStatus RequireScratch(TfLiteContext* context, size_t bytes, Scratch* scratch) {
  scratch->index = -1;
  return bytes == 0 ? kTfLiteOk : context->RequestScratchBufferInArena(context, bytes, &scratch->index);
}

void* Memory(TfLiteContext* context, const Scratch& scratch) {
  return scratch.index < 0 ? nullptr : context->GetScratchBuffer(context, scratch.index);
}

Registration Reshape() { return Registered<nullptr, PrepareReshape, EvalReshape>(); }

}  // namespace kernels
}  // namespace hilbench
