// CONV_2D, DEPTHWISE_CONV_2D, FULLY_CONNECTED.
#include "tfmicro2020/hilbench_kernels.h"
#include "tfmicro2020/node.h"

namespace hilbench {
namespace kernels {
namespace {

struct Operands {
  const TfLiteTensor* input;
  const TfLiteTensor* weights;
  const TfLiteTensor* bias;  // may be null
  TfLiteTensor* output;
};

Operands OperandsOf(TfLiteContext* context, TfLiteNode* node) {
  return {tflite::GetInput(context, node, 0), tflite::GetInput(context, node, 1),
          node->inputs->size > 2 ? tflite::GetOptionalInputTensor(context, node, 2) : nullptr,
          tflite::GetOutput(context, node, 0)};
}

TfLiteStatus CheckTypes(TfLiteContext* context, const Operands& o) {
  TF_LITE_ENSURE_STATUS(RequireInt8(context, o.input));
  TF_LITE_ENSURE_STATUS(RequireInt8(context, o.weights));
  return RequireInt8(context, o.output);
}

// TfLiteConvParams and TfLiteDepthwiseConvParams name their fields alike.
template <typename Params>
TfLiteStatus PrepareWindow(TfLiteContext* context, const Operands& o, const Params& options, hb_conv_params* p) {
  TF_LITE_ENSURE_STATUS(CheckTypes(context, o));
  p->in = ImageShape(o.input);
  p->out = ImageShape(o.output);
  p->input_offset = -o.input->params.zero_point;
  hb_window* w = &p->window;
  w->height = o.weights->dims->data[1];
  w->width = o.weights->dims->data[2];
  w->stride_h = options.stride_height;
  w->stride_w = options.stride_width;
  w->dilation_h = options.dilation_height_factor;
  w->dilation_w = options.dilation_width_factor;
  w->pad_top = PadBefore(options.padding, p->in.height, p->out.height, w->height, w->stride_h, w->dilation_h);
  w->pad_left = PadBefore(options.padding, p->in.width, p->out.width, w->width, w->stride_w, w->dilation_w);
  return PrepareRequant(context, o.input, o.weights, o.output, options.activation, p->out.channels, &p->requant);
}

TfLiteStatus PrepareConv(TfLiteContext* context, TfLiteNode* node) {
  const Operands o = OperandsOf(context, node);
  auto* p = &Data<hb_conv_params>(node);
  TF_LITE_ENSURE_STATUS(PrepareWindow(context, o, Options<TfLiteConvParams>(node), p));
  const int depth = o.weights->dims->data[3];
  TF_LITE_ENSURE_EQ(context, p->in.channels % depth, 0);
  p->groups = p->in.channels / depth;
  TF_LITE_ENSURE_EQ(context, p->out.channels % p->groups, 0);
  const int terms = p->window.height * p->window.width * depth;
  p->requant.fast = hb_requant_is_fast(&p->requant, p->out.channels, Bias(o.bias), p->out.channels, terms);
  return RequireScratch(context, hb_conv2d_s8_scratch(p));
}

TfLiteStatus PrepareDepthwise(TfLiteContext* context, TfLiteNode* node) {
  const Operands o = OperandsOf(context, node);
  auto* p = &Data<hb_conv_params>(node);
  TF_LITE_ENSURE_STATUS(PrepareWindow(context, o, Options<TfLiteDepthwiseConvParams>(node), p));
  p->groups = 1;
  TF_LITE_ENSURE_EQ(context, p->out.channels % p->in.channels, 0);
  const int terms = p->window.height * p->window.width;
  p->requant.fast = hb_requant_is_fast(&p->requant, p->out.channels, Bias(o.bias), p->out.channels, terms);
  return RequireScratch(context, hb_depthwise_s8_scratch(p));
}

template <void (*kKernel)(const hb_conv_params*, const int8_t*, const int8_t*, const int32_t*, int8_t*, void*)>
TfLiteStatus EvalImages(TfLiteContext* context, TfLiteNode* node) {
  const Operands o = OperandsOf(context, node);
  const auto& p = Data<hb_conv_params>(node);
  const int8_t* in = Int8(o.input);
  int8_t* out = Int8(o.output);
  for (int image = 0; image < o.input->dims->data[0]; image++) {
    kKernel(&p, in, Int8(o.weights), Bias(o.bias), out, Scratch());
    in += ImageBytes(p.in);
    out += ImageBytes(p.out);
  }
  return kTfLiteOk;
}

TfLiteStatus PrepareFullyConnected(TfLiteContext* context, TfLiteNode* node) {
  const Operands o = OperandsOf(context, node);
  auto* p = &Data<hb_fully_connected_params>(node);
  TF_LITE_ENSURE_STATUS(CheckTypes(context, o));
  p->out = o.weights->dims->data[0];
  p->in = o.weights->dims->data[1];
  p->rows = static_cast<int32_t>(tflite::NumElements(o.input)) / p->in;
  TF_LITE_ENSURE_EQ(context, tflite::NumElements(o.output), p->rows * p->out);
  p->input_offset = -o.input->params.zero_point;
  p->weight_offset = -o.weights->params.zero_point;
  const auto* affine = static_cast<const TfLiteAffineQuantization*>(o.weights->quantization.params);
  p->per_tensor = affine == nullptr || affine->scale == nullptr || affine->scale->size == 1;
  const int scales = p->per_tensor ? 1 : p->out;
  const auto activation = Options<TfLiteFullyConnectedParams>(node).activation;
  TF_LITE_ENSURE_STATUS(PrepareRequant(context, o.input, o.weights, o.output, activation, scales, &p->requant));
  // A weight's zero point at most doubles its magnitude.
  p->requant.fast = hb_requant_is_fast(&p->requant, scales, Bias(o.bias), p->out, 2 * p->in);
  return RequireScratch(context, hb_fully_connected_s8_scratch(p));
}

TfLiteStatus EvalFullyConnected(TfLiteContext* context, TfLiteNode* node) {
  const Operands o = OperandsOf(context, node);
  hb_fully_connected_s8(&Data<hb_fully_connected_params>(node), Int8(o.input), Int8(o.weights), Bias(o.bias),
                        Int8(o.output), Scratch());
  return kTfLiteOk;
}

}  // namespace

TfLiteRegistration* Conv2d() {
  static TfLiteRegistration r = {InitData<hb_conv_params>, nullptr, PrepareConv, EvalImages<hb_conv2d_s8>};
  return &r;
}

TfLiteRegistration* DepthwiseConv2d() {
  static TfLiteRegistration r = {InitData<hb_conv_params>, nullptr, PrepareDepthwise, EvalImages<hb_depthwise_s8>};
  return &r;
}

TfLiteRegistration* FullyConnected() {
  static TfLiteRegistration r = {InitData<hb_fully_connected_params>, nullptr, PrepareFullyConnected,
                                 EvalFullyConnected};
  return &r;
}

}  // namespace kernels
}  // namespace hilbench
