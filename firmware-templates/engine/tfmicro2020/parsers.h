// Readers of operators' options, one for each operator that an image can hold.
#ifndef HILBENCH_PARSERS_H
#define HILBENCH_PARSERS_H

#include "tensorflow/lite/c/common.h"

namespace tflite {
struct Operator;
class BuiltinDataAllocator;
}  // namespace tflite

namespace hilbench {

// Reads an operator's options from the model into the runtime's struct, which the allocator holds; null
// where the operator has none. The runtime's own ParseOpData knows all operators of TensorFlow Lite and is
// 8 KB in every image; of these, an image links those that its operators name.
using Parser = TfLiteStatus(const tflite::Operator* op, tflite::BuiltinDataAllocator* allocator, void** options);

namespace parsers {

Parser ADD, ARG_MAX, ARG_MIN, AVERAGE_POOL_2D, CONCATENATION, CONV_2D, DEPTHWISE_CONV_2D, EQUAL, FULLY_CONNECTED,
    GREATER, GREATER_EQUAL, HARD_SWISH, L2_NORMALIZATION, LESS, LESS_EQUAL, LOGISTIC, MAXIMUM, MAX_POOL_2D, MEAN,
    MINIMUM, MUL, NOT_EQUAL, PACK, PAD, PADV2, PRELU, QUANTIZE, RELU, RELU6, RESHAPE, RESIZE_NEAREST_NEIGHBOR, SOFTMAX,
    SPLIT, STRIDED_SLICE, SUB, TANH, UNPACK;

}  // namespace parsers
}  // namespace hilbench

#endif
