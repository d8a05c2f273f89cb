#include "hilbench_kernels.h"

namespace hilbench {
namespace kernels {

Registration Find(tflite::BuiltinOperator code) {
  switch (code) {
    case tflite::BuiltinOperator_ADD: return Add();
    case tflite::BuiltinOperator_AVERAGE_POOL_2D: return AveragePool2d();
    case tflite::BuiltinOperator_CONCATENATION: return Concatenation();
    case tflite::BuiltinOperator_CONV_2D: return Conv2d();
    case tflite::BuiltinOperator_DEPTHWISE_CONV_2D: return DepthwiseConv2d();
    case tflite::BuiltinOperator_FULLY_CONNECTED: return FullyConnected();
    case tflite::BuiltinOperator_HARD_SWISH: return HardSwish();
    case tflite::BuiltinOperator_MAX_POOL_2D: return MaxPool2d();
    case tflite::BuiltinOperator_MEAN: return Mean();
    case tflite::BuiltinOperator_MUL: return Mul();
    case tflite::BuiltinOperator_PAD: return Pad();
    case tflite::BuiltinOperator_PRELU: return Prelu();
    case tflite::BuiltinOperator_QUANTIZE: return Quantize();
    case tflite::BuiltinOperator_RELU: return Relu();
    case tflite::BuiltinOperator_RELU6: return Relu6();
    case tflite::BuiltinOperator_RESHAPE: return Reshape();
    case tflite::BuiltinOperator_SOFTMAX: return Softmax();
    case tflite::BuiltinOperator_SUB: return Sub();
    default: return {};
  }
}

}  // namespace kernels
}  // namespace hilbench
