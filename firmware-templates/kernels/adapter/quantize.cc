// QUANTIZE from and to int16, one element at a time; int8 to int8 is a table (tables.cc).
#include "adapter/node.h"

namespace hilbench {
namespace kernels {
namespace {

TfLiteStatus Prepare(TfLiteContext* context, TfLiteNode* node) {
  NodeTensors tensors(context, node);
  const TfLiteTensor* input = tensors.Input(0);
  TfLiteTensor* output = tensors.Output();
  if (input->type != kTfLiteInt16) TF_LITE_ENSURE_STATUS(RequireInt8(context, input));
  if (output->type != kTfLiteInt16) TF_LITE_ENSURE_STATUS(RequireInt8(context, output));
  auto* p = &Data<hb_rescale_params>(node);
  p->input_zero_point = input->params.zero_point;
  p->output_zero_point = output->params.zero_point;
  const hb_multiplier m = hb_multiplier_of(input->params.scale, 1, output->params.scale, 0);
  p->multiplier = m.multiplier;
  p->shift = m.shift;
  return ActivationRange(context, kTfLiteActNone, output, &p->min, &p->max);
}

TfLiteStatus Eval(TfLiteContext* context, TfLiteNode* node) {
  const auto& p = Data<hb_rescale_params>(node);
  const EvalTensor* output = EvalOutput(context, node);
  const auto count = static_cast<size_t>(Count(output->dims));
  if (EvalInput(context, node, 0)->type == kTfLiteInt8) {
    hb_rescale_s8_s16(&p, In<int8_t>(context, node, 0), Out<int16_t>(context, node), count);
  } else if (output->type == kTfLiteInt8) {
    hb_rescale_s16_s8(&p, In<int16_t>(context, node, 0), Out<int8_t>(context, node), count);
  } else {
    hb_rescale_s16(&p, In<int16_t>(context, node, 0), Out<int16_t>(context, node), count);
  }
  return kTfLiteOk;
}

}  // namespace

Registration Quantize16() { return Registered<InitData<hb_rescale_params>, Prepare, Eval>(); }

}  // namespace kernels
}  // namespace hilbench
