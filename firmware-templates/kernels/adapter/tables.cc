// Functions of one int8: LOGISTIC, HARD_SWISH, QUANTIZE, RELU, RELU6. Prepare computes the table.
#include <cmath>

#include "adapter/node.h"
#include "tensorflow/lite/kernels/internal/quantization_util.h"

namespace hilbench {
namespace kernels {
namespace {

struct Table {
  int8_t entries[256];
};

TfLiteStatus CheckTypes(TfLiteContext* context, const TfLiteTensor* input, const TfLiteTensor* output) {
  TF_LITE_ENSURE_STATUS(RequireInt8(context, input));
  return RequireInt8(context, output);
}

TfLiteStatus Eval(TfLiteContext* context, TfLiteNode* node) {
  hb_lookup_s8(Data<Table>(node).entries, In<int8_t>(context, node, 0), Out<int8_t>(context, node),
               static_cast<size_t>(Count(EvalOutput(context, node)->dims)));
  return kTfLiteOk;
}

TfLiteStatus PrepareLogistic(TfLiteContext* context, TfLiteNode* node) {
  constexpr int kIntegerBits = 4;
  NodeTensors tensors(context, node);
  const TfLiteTensor* input = tensors.Input(0);
  const TfLiteTensor* output = tensors.Output();
  TF_LITE_ENSURE_STATUS(CheckTypes(context, input, output));
  TF_LITE_ENSURE_EQ(context, output->params.zero_point, -128);
  hb_logistic_params p = {};
  p.zero_point = input->params.zero_point;
  int left_shift = 0;
  const double scale = static_cast<double>(input->params.scale) * static_cast<double>(1 << (31 - kIntegerBits));
  const double fraction = std::frexp(scale, &left_shift);
  p.multiplier = static_cast<int32_t>(std::round(fraction * static_cast<double>(1ll << 31)));
  p.left_shift = left_shift;
  p.range_radius = tflite::CalculateInputRadius(kIntegerBits, left_shift, 31);
  hb_logistic_table(&p, Data<Table>(node).entries);
  return kTfLiteOk;
}

// A positive 32-bit multiplier rounded to 16 bits.
int32_t Narrowed(int32_t multiplier) {
  return multiplier >= INT32_MAX - (1 << 15) ? INT16_MAX : (multiplier + (1 << 15)) >> 16;
}

TfLiteStatus PrepareHardSwish(TfLiteContext* context, TfLiteNode* node) {
  NodeTensors tensors(context, node);
  const TfLiteTensor* input = tensors.Input(0);
  const TfLiteTensor* output = tensors.Output();
  TF_LITE_ENSURE_STATUS(CheckTypes(context, input, output));
  hb_hard_swish_params p = {};
  p.input_zero_point = input->params.zero_point;
  p.output_zero_point = output->params.zero_point;
  // In floats, as TFLite has them.
  const float fine_scale = (1.0f / 128.0f) * input->params.scale;
  int32_t multiplier = 0;
  int exponent = 0;
  tflite::QuantizeMultiplier(static_cast<double>(fine_scale / output->params.scale), &multiplier, &exponent);
  TF_LITE_ENSURE(context, exponent <= 0);
  p.output_multiplier = Narrowed(multiplier);
  p.output_exponent = exponent;
  tflite::QuantizeMultiplier(static_cast<double>(fine_scale / (3.0f / 32768.0f)), &multiplier, &exponent);
  p.reluish_multiplier = Narrowed(multiplier);
  p.reluish_exponent = exponent;
  hb_hard_swish_table(&p, Data<Table>(node).entries);
  return kTfLiteOk;
}

TfLiteStatus PrepareRescale(TfLiteContext* context, TfLiteNode* node, TfLiteFusedActivation activation) {
  NodeTensors tensors(context, node);
  const TfLiteTensor* input = tensors.Input(0);
  TfLiteTensor* output = tensors.Output();
  TF_LITE_ENSURE_STATUS(CheckTypes(context, input, output));
  hb_rescale_params p = {};
  p.input_zero_point = input->params.zero_point;
  p.output_zero_point = output->params.zero_point;
  int shift = 0;
  tflite::QuantizeMultiplier(static_cast<double>(input->params.scale) / static_cast<double>(output->params.scale),
                             &p.multiplier, &shift);
  p.shift = shift;
  TF_LITE_ENSURE_STATUS(tflite::CalculateActivationRangeQuantized(context, activation, output, &p.min, &p.max));
  hb_rescale_table(&p, Data<Table>(node).entries);
  return kTfLiteOk;
}

template <TfLiteFusedActivation kActivation>
TfLiteStatus PrepareRescaleWith(TfLiteContext* context, TfLiteNode* node) {
  return PrepareRescale(context, node, kActivation);
}

}  // namespace

Registration Logistic() { return Registered<InitData<Table>, PrepareLogistic, Eval>(); }

Registration HardSwish() { return Registered<InitData<Table>, PrepareHardSwish, Eval>(); }

Registration Quantize() { return Registered<InitData<Table>, PrepareRescaleWith<kTfLiteActNone>, Eval>(); }

Registration Relu() { return Registered<InitData<Table>, PrepareRescaleWith<kTfLiteActRelu>, Eval>(); }

Registration Relu6() { return Registered<InitData<Table>, PrepareRescaleWith<kTfLiteActRelu6>, Eval>(); }

}  // namespace kernels
}  // namespace hilbench
