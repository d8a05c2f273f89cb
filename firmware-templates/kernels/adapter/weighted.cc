// CONV_2D, DEPTHWISE_CONV_2D, FULLY_CONNECTED of each width: int8, 4-bit weights, 16-bit activations.
#include "adapter/layer.h"
#include "adapter/node.h"

namespace hilbench {
namespace kernels {
namespace {

// What differs between widths: types, kernels, and when sums and shifts allow the short rounding sequence.
struct S8 {
  using Activation = int8_t;
  using Weight = int8_t;
  using Bias = int32_t;
  static constexpr TfLiteType kActivations = kTfLiteInt8, kWeights = kTfLiteInt8;
  static constexpr auto kConv = hb_conv2d_s8;
  static constexpr auto kDepthwise = hb_depthwise_s8;
  static constexpr auto kFullyConnected = hb_fully_connected_s8;
  static constexpr auto kConvScratch = hb_conv2d_s8_scratch;
  static constexpr auto kFullyConnectedScratch = hb_fully_connected_s8_scratch;
  static int RowsAreFast(const hb_requant& r, int32_t scales, const Weight*, int32_t terms, int32_t rows,
                         const Bias* bias) {
    return hb_requant_is_fast(&r, scales, bias, rows, terms);
  }
  static int DepthwiseIsFast(const hb_conv_params& p, const Bias* bias) {
    return hb_requant_is_fast(&p.requant, p.out.channels, bias, p.out.channels, p.window.height * p.window.width);
  }
};

struct S8W4 : S8 {
  using Weight = uint8_t;
  static constexpr TfLiteType kWeights = kTfLiteUInt8;
  static constexpr auto kConv = hb_conv2d_s8w4;
  static constexpr auto kDepthwise = hb_depthwise_s8w4;
  static constexpr auto kFullyConnected = hb_fully_connected_s8w4;
  static constexpr auto kConvScratch = hb_conv2d_s8w4_scratch;
  static constexpr auto kFullyConnectedScratch = hb_fully_connected_s8w4_scratch;
  static int RowsAreFast(const hb_requant& r, int32_t scales, const Weight*, int32_t terms, int32_t rows,
                         const Bias* bias) {
    return hb_requant_is_fast(&r, scales, bias, rows, terms);
  }
};

struct S16 {
  using Activation = int16_t;
  using Weight = int8_t;
  using Bias = int64_t;
  static constexpr TfLiteType kActivations = kTfLiteInt16, kWeights = kTfLiteInt8;
  static constexpr auto kConv = hb_conv2d_s16;
  static constexpr auto kDepthwise = hb_depthwise_s16;
  static constexpr auto kFullyConnected = hb_fully_connected_s16;
  static constexpr auto kConvScratch = hb_conv2d_s16_scratch;
  static constexpr auto kFullyConnectedScratch = hb_fully_connected_s16_scratch;
  static int RowsAreFast(const hb_requant& r, int32_t scales, const Weight* weights, int32_t terms, int32_t rows,
                         const Bias* bias) {
    return hb_rows_s16_are_fast(&r, scales, weights, terms, rows, bias);
  }
  static int DepthwiseIsFast(const hb_conv_params& p, const Bias* bias) { return hb_depthwise_s16_is_fast(&p, bias); }
};

template <typename Params>
struct Layer {
  Params params;
  const void* bias;  // of the width's type; may be null
  Scratch scratch;
};

template <typename Width>
const typename Width::Weight* Weights(const Operands& o) {
  return Elements<typename Width::Weight>(o.weights);
}

template <typename Width>
const typename Width::Bias* Bias(const void* bias) {
  return static_cast<const typename Width::Bias*>(bias);
}

template <typename Width>
TfLiteStatus CheckTypes(TfLiteContext* context, const Operands& o) {
  return CheckTypes(context, o, Width::kActivations, Width::kWeights);
}

template <typename Width>
TfLiteStatus PrepareConv(TfLiteContext* context, TfLiteNode* node) {
  NodeTensors tensors(context, node);
  const Operands o = OperandsOf(&tensors);
  auto& layer = Data<Layer<hb_conv_params>>(node);
  hb_conv_params* p = &layer.params;
  TF_LITE_ENSURE_STATUS(CheckTypes<Width>(context, o));
  TF_LITE_ENSURE_STATUS(PrepareWindow(context, o, WindowOf(Options<TfLiteConvParams>(node)), p, &layer.bias));
  const int depth = o.weights->dims->data[3];
  TF_LITE_ENSURE_EQ(context, p->in.channels % depth, 0);
  p->groups = p->in.channels / depth;
  TF_LITE_ENSURE_EQ(context, p->out.channels % p->groups, 0);
  p->requant.fast =
      Width::RowsAreFast(p->requant, p->out.channels, Weights<Width>(o), p->window.height * p->window.width * depth,
                         p->out.channels, Bias<Width>(layer.bias));
  return RequireScratch(context, Width::kConvScratch(p), &layer.scratch);
}

template <typename Width>
TfLiteStatus PrepareDepthwise(TfLiteContext* context, TfLiteNode* node) {
  NodeTensors tensors(context, node);
  const Operands o = OperandsOf(&tensors);
  auto& layer = Data<Layer<hb_conv_params>>(node);
  hb_conv_params* p = &layer.params;
  TF_LITE_ENSURE_STATUS(CheckTypes<Width>(context, o));
  TF_LITE_ENSURE_STATUS(PrepareWindow(context, o, WindowOf(Options<TfLiteDepthwiseConvParams>(node)), p, &layer.bias));
  p->groups = 1;
  TF_LITE_ENSURE_EQ(context, p->out.channels % p->in.channels, 0);
  p->requant.fast = Width::DepthwiseIsFast(*p, Bias<Width>(layer.bias));
  return RequireScratch(context, hb_depthwise_s8_scratch(p), &layer.scratch);
}

template <typename Width, auto kKernel>
TfLiteStatus EvalImages(TfLiteContext* context, TfLiteNode* node) {
  const auto& layer = Data<Layer<hb_conv_params>>(node);
  const auto* in = In<typename Width::Activation>(context, node, 0);
  const auto* weights = In<typename Width::Weight>(context, node, 1);
  auto* out = Out<typename Width::Activation>(context, node);
  void* scratch = Memory(context, layer.scratch);
  const int images = EvalInput(context, node, 0)->dims->data[0];
  for (int image = 0; image < images; image++) {
    kKernel(&layer.params, in, weights, Bias<Width>(layer.bias), out, scratch);
    in += ImageElements(layer.params.in);
    out += ImageElements(layer.params.out);
  }
  return kTfLiteOk;
}

template <typename Width>
TfLiteStatus PrepareFullyConnected(TfLiteContext* context, TfLiteNode* node) {
  NodeTensors tensors(context, node);
  const Operands o = OperandsOf(&tensors);
  auto& layer = Data<Layer<hb_fully_connected_params>>(node);
  hb_fully_connected_params* p = &layer.params;
  TF_LITE_ENSURE_STATUS(CheckTypes<Width>(context, o));
  TF_LITE_ENSURE_STATUS(PrepareRows(context, o, Options<TfLiteFullyConnectedParams>(node).activation, p, &layer.bias));
  // A weight's zero point at most doubles its magnitude.
  const int terms = p->weight_offset == 0 ? p->in : 2 * p->in;
  p->requant.fast = Width::RowsAreFast(p->requant, p->per_tensor ? 1 : p->out, Weights<Width>(o), terms, p->out,
                                       Bias<Width>(layer.bias));
  return RequireScratch(context, Width::kFullyConnectedScratch(p), &layer.scratch);
}

template <typename Width>
TfLiteStatus EvalFullyConnected(TfLiteContext* context, TfLiteNode* node) {
  const auto& layer = Data<Layer<hb_fully_connected_params>>(node);
  Width::kFullyConnected(&layer.params, In<typename Width::Activation>(context, node, 0),
                         In<typename Width::Weight>(context, node, 1), Bias<Width>(layer.bias),
                         Out<typename Width::Activation>(context, node), Memory(context, layer.scratch));
  return kTfLiteOk;
}

template <typename Width>
Registration ConvOf() {
  return Registered<InitData<Layer<hb_conv_params>>, PrepareConv<Width>, EvalImages<Width, Width::kConv>>();
}

template <typename Width>
Registration DepthwiseOf() {
  return Registered<InitData<Layer<hb_conv_params>>, PrepareDepthwise<Width>, EvalImages<Width, Width::kDepthwise>>();
}

template <typename Width>
Registration FullyConnectedOf() {
  return Registered<InitData<Layer<hb_fully_connected_params>>, PrepareFullyConnected<Width>,
                    EvalFullyConnected<Width>>();
}

}  // namespace

Registration Conv2d() { return ConvOf<S8>(); }
Registration Conv2d4() { return ConvOf<S8W4>(); }
Registration Conv2d16() { return ConvOf<S16>(); }
Registration DepthwiseConv2d() { return DepthwiseOf<S8>(); }
Registration DepthwiseConv2d4() { return DepthwiseOf<S8W4>(); }
Registration DepthwiseConv2d16() { return DepthwiseOf<S16>(); }
Registration FullyConnected() { return FullyConnectedOf<S8>(); }
Registration FullyConnected4() { return FullyConnectedOf<S8W4>(); }
Registration FullyConnected16() { return FullyConnectedOf<S16>(); }

}  // namespace kernels
}  // namespace hilbench
