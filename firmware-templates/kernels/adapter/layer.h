// What layers with weights share, whatever their width.
//
// The third input is either the bias, as in a .tflite, or, of type UINT8, a device form's constants (docs/kernels.md):
// int32 count of scales, int32 0, the multipliers, the shifts, then the biases.
#ifndef HILBENCH_KERNELS_LAYER_H
#define HILBENCH_KERNELS_LAYER_H

#include <cstdint>

#include "api.h"
#include "hb_kernels.h"
#include "tensorflow/lite/c/builtin_op_data.h"
#include "tensorflow/lite/c/common.h"

namespace hilbench {
namespace kernels {

struct Operands {
  const TfLiteTensor* input;
  const TfLiteTensor* weights;
  const TfLiteTensor* constants;  // may be null
  TfLiteTensor* output;
};

Operands OperandsOf(NodeTensors* tensors);

TfLiteStatus CheckTypes(TfLiteContext* context, const Operands& o, TfLiteType activations, TfLiteType weights);

struct WindowOptions {
  TfLitePadding padding;
  int stride_height, stride_width, dilation_height, dilation_width;
  TfLiteFusedActivation activation;
};

// TfLiteConvParams and TfLiteDepthwiseConvParams name their fields alike.
template <typename Params>
WindowOptions WindowOf(const Params& p) {
  return {p.padding, p.stride_height, p.stride_width, p.dilation_height_factor, p.dilation_width_factor, p.activation};
}

// Shapes, window and requant of a convolution with a scale a channel; groups stay undone.
TfLiteStatus PrepareWindow(TfLiteContext* context, const Operands& o, const WindowOptions& options, hb_conv_params* p,
                           const void** bias);

// All of a fully connected layer but requant.fast.
TfLiteStatus PrepareRows(TfLiteContext* context, const Operands& o, TfLiteFusedActivation activation,
                         hb_fully_connected_params* p, const void** bias);

}  // namespace kernels
}  // namespace hilbench

#endif
