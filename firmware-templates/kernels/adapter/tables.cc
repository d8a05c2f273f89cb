// Functions of one int8: HARD_SWISH, QUANTIZE, RELU, RELU6, whose tables Prepare computes; LOGISTIC and TANH, whose
// tables the host computed, in floats as TFLite does it.
#include "adapter/node.h"

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

// The device form has the table as the second input.
TfLiteStatus PrepareGiven(TfLiteContext* context, TfLiteNode* node) {
  NodeTensors tensors(context, node);
  const TfLiteTensor* table = tensors.Input(1);
  TF_LITE_ENSURE(context, table != nullptr && tflite::IsConstantTensor(table));
  TF_LITE_ENSURE_EQ(context, Count(table->dims), 256);
  return CheckTypes(context, tensors.Input(0), tensors.Output());
}

TfLiteStatus EvalGiven(TfLiteContext* context, TfLiteNode* node) {
  hb_lookup_s8(In<int8_t>(context, node, 1), In<int8_t>(context, node, 0), Out<int8_t>(context, node),
               static_cast<size_t>(Count(EvalOutput(context, node)->dims)));
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
  const hb_multiplier out = hb_multiplier_of(fine_scale / output->params.scale, 1, 1, 0);
  TF_LITE_ENSURE(context, out.shift <= 0);
  p.output_multiplier = Narrowed(out.multiplier);
  p.output_exponent = out.shift;
  const hb_multiplier reluish = hb_multiplier_of(fine_scale / (3.0f / 32768.0f), 1, 1, 0);
  p.reluish_multiplier = Narrowed(reluish.multiplier);
  p.reluish_exponent = reluish.shift;
  hb_hard_swish_table(&p, Data<Table>(node).entries);
  return kTfLiteOk;
}

// TFLite divides the scales of QUANTIZE in doubles.
hb_multiplier InDoubles(float in, float out) { return hb_multiplier_of(in, 1, out, 0); }

// Those of RELU and its like in floats.
hb_multiplier InFloats(float in, float out) { return hb_multiplier_of(in / out, 1, 1, 0); }

template <hb_multiplier (*kDivided)(float, float), TfLiteFusedActivation kActivation>
TfLiteStatus PrepareRescale(TfLiteContext* context, TfLiteNode* node) {
  NodeTensors tensors(context, node);
  const TfLiteTensor* input = tensors.Input(0);
  TfLiteTensor* output = tensors.Output();
  TF_LITE_ENSURE_STATUS(CheckTypes(context, input, output));
  hb_rescale_params p = {};
  p.input_zero_point = input->params.zero_point;
  p.output_zero_point = output->params.zero_point;
  const hb_multiplier m = kDivided(input->params.scale, output->params.scale);
  p.multiplier = m.multiplier;
  p.shift = m.shift;
  TF_LITE_ENSURE_STATUS(ActivationRange(context, kActivation, output, &p.min, &p.max));
  hb_rescale_table(&p, Data<Table>(node).entries);
  return kTfLiteOk;
}

}  // namespace

Registration Lookup() { return Registered<nullptr, PrepareGiven, EvalGiven>(); }

Registration HardSwish() { return Registered<InitData<Table>, PrepareHardSwish, Eval>(); }

Registration Quantize() { return Registered<InitData<Table>, PrepareRescale<InDoubles, kTfLiteActNone>, Eval>(); }

Registration Relu() { return Registered<InitData<Table>, PrepareRescale<InFloats, kTfLiteActRelu>, Eval>(); }

Registration Relu6() { return Registered<InitData<Table>, PrepareRescale<InFloats, kTfLiteActRelu6>, Eval>(); }

}  // namespace kernels
}  // namespace hilbench
