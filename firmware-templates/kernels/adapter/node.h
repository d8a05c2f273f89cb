// What the adapters of all operators share: a node's tensors and its data, whichever API the runtime has (api.h).
#ifndef HILBENCH_KERNELS_NODE_H
#define HILBENCH_KERNELS_NODE_H

#include <cstddef>
#include <cstdint>

#include "api.h"
#include "hb_kernels.h"
#include "tensorflow/lite/c/builtin_op_data.h"
#include "tensorflow/lite/c/common.h"

namespace hilbench {
namespace kernels {

// An Init that gives the node a T which lives as long as the interpreter.
template <typename T>
void* InitData(TfLiteContext* context, const char*, size_t) {
  return AllocatePersistent(context, sizeof(T));
}

template <typename T>
T& Data(TfLiteNode* node) {
  return *static_cast<T*>(node->user_data);
}

template <typename T>
const T& Options(const TfLiteNode* node) {
  return *static_cast<const T*>(node->builtin_data);
}

// The elements of a tensor of either kind.
template <typename T>
const T* Elements(const TfLiteTensor* tensor) {
  return reinterpret_cast<const T*>(tensor->data.raw);
}
template <typename T>
const T* In(TfLiteContext* context, TfLiteNode* node, int index) {
  return reinterpret_cast<const T*>(EvalInput(context, node, index)->data.raw);
}
template <typename T>
T* Out(TfLiteContext* context, TfLiteNode* node) {
  return reinterpret_cast<T*>(EvalOutput(context, node)->data.raw);
}

// How many elements an array of dimensions holds from `first` on.
inline int32_t Count(const TfLiteIntArray* dims, int first = 0) {
  int32_t count = 1;
  for (int i = first; i < dims->size; i++) count *= dims->data[i];
  return count;
}

// Height, width and channels of an NHWC tensor.
inline hb_shape ImageShape(const TfLiteTensor* tensor) {
  return {tensor->dims->data[1], tensor->dims->data[2], tensor->dims->data[3]};
}

inline size_t ImageElements(const hb_shape& shape) {
  return static_cast<size_t>(shape.height) * static_cast<size_t>(shape.width) * static_cast<size_t>(shape.channels);
}

// Refuses tensors of another type.
TfLiteStatus RequireType(TfLiteContext* context, const TfLiteTensor* tensor, TfLiteType type);
TfLiteStatus RequireInt8(TfLiteContext* context, const TfLiteTensor* tensor);

// Where a fused activation leaves the values of an int8 or int16 tensor.
TfLiteStatus ActivationRange(TfLiteContext* context, TfLiteFusedActivation activation, const TfLiteTensor* output,
                             int32_t* min, int32_t* max);

// How far an input of so many integer bits may be from its zero point before it is shifted out of 31 bits.
inline int32_t InputRadius(int integer_bits, int32_t left_shift) {
  return static_cast<int32_t>((static_cast<int64_t>((1 << integer_bits) - 1) << (31 - integer_bits)) >> left_shift);
}

// Pads as TensorFlow does, the odd element at the end.
int32_t PadBefore(TfLitePadding padding, int32_t in, int32_t out, int32_t kernel, int32_t stride, int32_t dilation);

// RESHAPE, once its shape is known: a copy where the tensors do not share their memory.
TfLiteStatus EvalReshape(TfLiteContext* context, TfLiteNode* node);

}  // namespace kernels
}  // namespace hilbench

#endif
