#include "engine/tfmicro2020/parsers.h"

#include <new>

#include "engine/log.h"
#include "tensorflow/lite/c/builtin_op_data.h"
#include "tensorflow/lite/core/api/flatbuffer_conversions.h"
#include "tensorflow/lite/schema/schema_generated.h"

namespace hilbench {
namespace parsers {
namespace {

using tflite::BuiltinDataAllocator;
using tflite::Operator;

TfLitePadding PaddingOf(tflite::Padding padding) {
  switch (padding) {
    case tflite::Padding_SAME: return kTfLitePaddingSame;
    case tflite::Padding_VALID: return kTfLitePaddingValid;
  }
  return kTfLitePaddingUnknown;
}

TfLiteFusedActivation ActivationOf(tflite::ActivationFunctionType activation) {
  switch (activation) {
    case tflite::ActivationFunctionType_RELU: return kTfLiteActRelu;
    case tflite::ActivationFunctionType_RELU_N1_TO_1: return kTfLiteActRelu1;
    case tflite::ActivationFunctionType_RELU6: return kTfLiteActRelu6;
    case tflite::ActivationFunctionType_TANH: return kTfLiteActTanh;
    case tflite::ActivationFunctionType_SIGN_BIT: return kTfLiteActSignBit;
    default: return kTfLiteActNone;
  }
}

// What the model leaves out stays zero.
template <typename Options, typename Params>
TfLiteStatus Parse(const Operator* op, BuiltinDataAllocator* allocator, void** options,
                   TfLiteStatus (*read)(const Options&, Params*)) {
  void* memory = allocator->Allocate(sizeof(Params), alignof(Params));
  if (memory == nullptr) return kTfLiteError;
  auto* params = new (memory) Params();
  const auto* found = op->builtin_options_as<Options>();
  if (found != nullptr && read(*found, params) != kTfLiteOk) return kTfLiteError;
  *options = params;
  return kTfLiteOk;
}

TfLiteStatus ParseNone(void** options) {
  *options = nullptr;
  return kTfLiteOk;
}

// Strides, dilation, padding and activation, as both convolutions name them.
template <typename Options, typename Params>
TfLiteStatus ReadConv(const Options& from, Params* to) {
  to->padding = PaddingOf(from.padding());
  to->stride_width = from.stride_w();
  to->stride_height = from.stride_h();
  to->dilation_width_factor = from.dilation_w_factor();
  to->dilation_height_factor = from.dilation_h_factor();
  to->activation = ActivationOf(from.fused_activation_function());
  return kTfLiteOk;
}

TfLiteStatus ReadDepthwise(const tflite::DepthwiseConv2DOptions& from, TfLiteDepthwiseConvParams* to) {
  to->depth_multiplier = from.depth_multiplier();
  return ReadConv(from, to);
}

TfLiteStatus ReadPool(const tflite::Pool2DOptions& from, TfLitePoolParams* to) {
  to->padding = PaddingOf(from.padding());
  to->stride_width = from.stride_w();
  to->stride_height = from.stride_h();
  to->filter_width = from.filter_width();
  to->filter_height = from.filter_height();
  to->activation = ActivationOf(from.fused_activation_function());
  return kTfLiteOk;
}

TfLiteStatus ReadFullyConnected(const tflite::FullyConnectedOptions& from, TfLiteFullyConnectedParams* to) {
  to->activation = ActivationOf(from.fused_activation_function());
  to->keep_num_dims = from.keep_num_dims();
  to->asymmetric_quantize_inputs = from.asymmetric_quantize_inputs();
  to->weights_format = kTfLiteFullyConnectedWeightsFormatDefault;
  if (from.weights_format() == tflite::FullyConnectedOptionsWeightsFormat_DEFAULT) return kTfLiteOk;
  AppendToLog("FULLY_CONNECTED with shuffled weights: only the default layout can be read.");
  return kTfLiteError;
}

template <typename Options, typename Params>
TfLiteStatus ReadActivation(const Options& from, Params* to) {
  to->activation = ActivationOf(from.fused_activation_function());
  return kTfLiteOk;
}

TfLiteStatus ReadConcatenation(const tflite::ConcatenationOptions& from, TfLiteConcatenationParams* to) {
  to->axis = from.axis();
  return ReadActivation(from, to);
}

TfLiteStatus ReadSoftmax(const tflite::SoftmaxOptions& from, TfLiteSoftmaxParams* to) {
  to->beta = from.beta();
  return kTfLiteOk;
}

// A shape that stands in a tensor instead is not here.
TfLiteStatus ReadReshape(const tflite::ReshapeOptions& from, TfLiteReshapeParams* to) {
  const auto* shape = from.new_shape();
  if (shape == nullptr) return kTfLiteOk;
  if (shape->size() > sizeof(to->shape) / sizeof(to->shape[0])) {
    AppendToLog("RESHAPE to more than 8 dimensions.");
    return kTfLiteError;
  }
  for (uint32_t i = 0; i < shape->size(); i++) to->shape[i] = shape->Get(i);
  to->num_dimensions = static_cast<int>(shape->size());
  return kTfLiteOk;
}

TfLiteStatus ReadReducer(const tflite::ReducerOptions& from, TfLiteReducerParams* to) {
  to->keep_dims = from.keep_dims();
  return kTfLiteOk;
}

TfLiteStatus ReadSplit(const tflite::SplitOptions& from, TfLiteSplitParams* to) {
  to->num_splits = from.num_splits();
  return kTfLiteOk;
}

TfLiteStatus ReadStridedSlice(const tflite::StridedSliceOptions& from, TfLiteStridedSliceParams* to) {
  to->begin_mask = from.begin_mask();
  to->end_mask = from.end_mask();
  to->ellipsis_mask = from.ellipsis_mask();
  to->new_axis_mask = from.new_axis_mask();
  to->shrink_axis_mask = from.shrink_axis_mask();
  return kTfLiteOk;
}

template <typename Options, typename Params>
TfLiteStatus ReadArg(const Options& from, Params* to) {
  to->output_type = from.output_type() == tflite::TensorType_INT64 ? kTfLiteInt64 : kTfLiteInt32;
  return kTfLiteOk;
}

TfLiteStatus ReadPack(const tflite::PackOptions& from, TfLitePackParams* to) {
  to->values_count = from.values_count();
  to->axis = from.axis();
  return kTfLiteOk;
}

TfLiteStatus ReadUnpack(const tflite::UnpackOptions& from, TfLiteUnpackParams* to) {
  to->num = from.num();
  to->axis = from.axis();
  return kTfLiteOk;
}

TfLiteStatus ReadResize(const tflite::ResizeNearestNeighborOptions& from, TfLiteResizeNearestNeighborParams* to) {
  to->align_corners = from.align_corners();
  to->half_pixel_centers = from.half_pixel_centers();
  return kTfLiteOk;
}

}  // namespace

#define PARSER(CODE, READ)                                                                 \
  TfLiteStatus CODE(const Operator* op, BuiltinDataAllocator* allocator, void** options) { \
    return Parse(op, allocator, options, READ);                                            \
  }
#define PARSER_OF_NONE(CODE) \
  TfLiteStatus CODE(const Operator*, BuiltinDataAllocator*, void** options) { return ParseNone(options); }

PARSER(ADD, (ReadActivation<tflite::AddOptions, TfLiteAddParams>))
PARSER(ARG_MAX, (ReadArg<tflite::ArgMaxOptions, TfLiteArgMaxParams>))
PARSER(ARG_MIN, (ReadArg<tflite::ArgMinOptions, TfLiteArgMinParams>))
PARSER(AVERAGE_POOL_2D, ReadPool)
PARSER(CONCATENATION, ReadConcatenation)
PARSER(CONV_2D, (ReadConv<tflite::Conv2DOptions, TfLiteConvParams>))
PARSER(DEPTHWISE_CONV_2D, ReadDepthwise)
PARSER_OF_NONE(EQUAL)
PARSER(FULLY_CONNECTED, ReadFullyConnected)
PARSER_OF_NONE(GREATER)
PARSER_OF_NONE(GREATER_EQUAL)
PARSER_OF_NONE(HARD_SWISH)
PARSER(L2_NORMALIZATION, (ReadActivation<tflite::L2NormOptions, TfLiteL2NormParams>))
PARSER_OF_NONE(LESS)
PARSER_OF_NONE(LESS_EQUAL)
PARSER_OF_NONE(LOGISTIC)
PARSER_OF_NONE(MAXIMUM)
PARSER(MAX_POOL_2D, ReadPool)
PARSER(MEAN, ReadReducer)
PARSER_OF_NONE(MINIMUM)
PARSER(MUL, (ReadActivation<tflite::MulOptions, TfLiteMulParams>))
PARSER_OF_NONE(NOT_EQUAL)
PARSER(PACK, ReadPack)
PARSER_OF_NONE(PAD)
PARSER_OF_NONE(PADV2)
PARSER_OF_NONE(PRELU)
PARSER_OF_NONE(QUANTIZE)
PARSER_OF_NONE(RELU)
PARSER_OF_NONE(RELU6)
PARSER(RESHAPE, ReadReshape)
PARSER(RESIZE_NEAREST_NEIGHBOR, ReadResize)
PARSER(SOFTMAX, ReadSoftmax)
PARSER(SPLIT, ReadSplit)
PARSER(STRIDED_SLICE, ReadStridedSlice)
PARSER(SUB, (ReadActivation<tflite::SubOptions, TfLiteSubParams>))
PARSER_OF_NONE(TANH)
PARSER(UNPACK, ReadUnpack)

}  // namespace parsers
}  // namespace hilbench
