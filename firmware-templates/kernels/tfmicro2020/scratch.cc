#include "hb_kernels.h"
#include "tfmicro2020/hilbench_kernels.h"

namespace hilbench {
namespace kernels {
namespace {

using Shape = flatbuffers::Vector<int32_t>;

hb_shape ImageShape(const Shape& dims) { return {dims.Get(1), dims.Get(2), dims.Get(3)}; }

const tflite::Tensor& TensorOf(const tflite::SubGraph& graph, int32_t tensor) {
  return *graph.tensors()->Get(static_cast<flatbuffers::uoffset_t>(tensor));
}

const Shape& ShapeOf(const tflite::SubGraph& graph, int32_t tensor) { return *TensorOf(graph, tensor).shape(); }

// Of three functions the one for an operator's width: 4-bit weights stand as UINT8 in a device form.
template <typename Params>
size_t ScratchOf(const tflite::SubGraph& graph, const tflite::Operator& op, const Params& p,
                 size_t (*int8)(const Params*), size_t (*weights4)(const Params*), size_t (*int16)(const Params*)) {
  if (TensorOf(graph, op.inputs()->Get(0)).type() == tflite::TensorType_INT16) return int16(&p);
  return TensorOf(graph, op.inputs()->Get(1)).type() == tflite::TensorType_UINT8 ? weights4(&p) : int8(&p);
}

// Convolutions of both kinds name their options alike.
template <typename Options>
hb_conv_params WindowOf(const tflite::SubGraph& graph, const tflite::Operator& op, const Options& options) {
  const Shape& weights = ShapeOf(graph, op.inputs()->Get(1));
  hb_conv_params p = {};
  p.in = ImageShape(ShapeOf(graph, op.inputs()->Get(0)));
  p.out = ImageShape(ShapeOf(graph, op.outputs()->Get(0)));
  p.window = {weights.Get(1),
              weights.Get(2),
              options.stride_h(),
              options.stride_w(),
              options.dilation_h_factor(),
              options.dilation_w_factor(),
              0,
              0};
  p.groups = 1;
  return p;
}

size_t ConvScratch(const tflite::SubGraph& graph, const tflite::Operator& op) {
  hb_conv_params p = WindowOf(graph, op, *op.builtin_options_as_Conv2DOptions());
  p.groups = p.in.channels / ShapeOf(graph, op.inputs()->Get(1)).Get(3);
  return ScratchOf(graph, op, p, hb_conv2d_s8_scratch, hb_conv2d_s8w4_scratch, hb_conv2d_s16_scratch);
}

size_t DepthwiseScratch(const tflite::SubGraph& graph, const tflite::Operator& op) {
  const hb_conv_params p = WindowOf(graph, op, *op.builtin_options_as_DepthwiseConv2DOptions());
  return hb_depthwise_s8_scratch(&p);
}

size_t FullyConnectedScratch(const tflite::SubGraph& graph, const tflite::Operator& op) {
  const Shape& weights = ShapeOf(graph, op.inputs()->Get(1));
  hb_fully_connected_params p = {};
  p.out = weights.Get(0);
  p.in = weights.Get(1);
  return ScratchOf(graph, op, p, hb_fully_connected_s8_scratch, hb_fully_connected_s8w4_scratch,
                   hb_fully_connected_s16_scratch);
}

size_t OperatorScratch(tflite::BuiltinOperator code, const tflite::SubGraph& graph, const tflite::Operator& op) {
  switch (code) {
    case tflite::BuiltinOperator_CONV_2D: return ConvScratch(graph, op);
    case tflite::BuiltinOperator_DEPTHWISE_CONV_2D: return DepthwiseScratch(graph, op);
    case tflite::BuiltinOperator_FULLY_CONNECTED: return FullyConnectedScratch(graph, op);
    default: return 0;
  }
}

}  // namespace

size_t ScratchBytes(const tflite::Model& model) {
  size_t largest = 0;
  for (const tflite::SubGraph* graph : *model.subgraphs()) {
    for (const tflite::Operator* op : *graph->operators()) {
      const auto code = model.operator_codes()->Get(op->opcode_index())->builtin_code();
      const size_t bytes = OperatorScratch(code, *graph, *op);
      if (bytes > largest) largest = bytes;
    }
  }
  return (largest + 15) / 16 * 16;
}

}  // namespace kernels
}  // namespace hilbench
