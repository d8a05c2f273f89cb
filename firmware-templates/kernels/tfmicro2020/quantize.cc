// QUANTIZE from and to int16, one element at a time; int8 to int8 is a table (tables.cc).
#include "tensorflow/lite/kernels/internal/quantization_util.h"
#include "tfmicro2020/hilbench_kernels.h"
#include "tfmicro2020/node.h"

namespace hilbench {
namespace kernels {
namespace {

TfLiteStatus Prepare(TfLiteContext* context, TfLiteNode* node) {
  const TfLiteTensor* input = tflite::GetInput(context, node, 0);
  TfLiteTensor* output = tflite::GetOutput(context, node, 0);
  if (input->type != kTfLiteInt16) TF_LITE_ENSURE_STATUS(RequireInt8(context, input));
  if (output->type != kTfLiteInt16) TF_LITE_ENSURE_STATUS(RequireInt8(context, output));
  auto* p = &Data<hb_rescale_params>(node);
  p->input_zero_point = input->params.zero_point;
  p->output_zero_point = output->params.zero_point;
  int shift = 0;
  tflite::QuantizeMultiplier(static_cast<double>(input->params.scale) / static_cast<double>(output->params.scale),
                             &p->multiplier, &shift);
  p->shift = shift;
  return tflite::CalculateActivationRangeQuantized(context, kTfLiteActNone, output, &p->min, &p->max);
}

TfLiteStatus Eval(TfLiteContext* context, TfLiteNode* node) {
  const TfLiteTensor* input = tflite::GetInput(context, node, 0);
  TfLiteTensor* output = tflite::GetOutput(context, node, 0);
  const auto& p = Data<hb_rescale_params>(node);
  const auto count = static_cast<size_t>(tflite::NumElements(output));
  if (input->type == kTfLiteInt8) {
    hb_rescale_s8_s16(&p, input->data.int8, output->data.i16, count);
  } else if (output->type == kTfLiteInt8) {
    hb_rescale_s16_s8(&p, input->data.i16, output->data.int8, count);
  } else {
    hb_rescale_s16(&p, input->data.i16, output->data.i16, count);
  }
  return kTfLiteOk;
}

}  // namespace

TfLiteRegistration* Quantize16() {
  static TfLiteRegistration r = {InitData<hb_rescale_params>, nullptr, Prepare, Eval};
  return &r;
}

}  // namespace kernels
}  // namespace hilbench
