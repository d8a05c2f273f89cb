// What the adapters share: a node's tensors, their quantization, and the scratch buffer.
#ifndef HILBENCH_KERNELS_NODE_H
#define HILBENCH_KERNELS_NODE_H

#include <cstddef>
#include <cstdint>

#include "hb_kernels.h"
#include "tensorflow/lite/c/builtin_op_data.h"
#include "tensorflow/lite/c/common.h"
#include "tensorflow/lite/kernels/internal/tensor_ctypes.h"
#include "tensorflow/lite/kernels/kernel_util.h"

namespace hilbench {
namespace kernels {

// Scratch of at least `bytes`, or an error in the log.
TfLiteStatus RequireScratch(TfLiteContext* context, size_t bytes);
void* Scratch();

// An Init that gives the node a T which lives as long as the interpreter.
template <typename T>
void* InitData(TfLiteContext* context, const char*, size_t) {
  void* data = nullptr;
  return context->AllocatePersistentBuffer(context, sizeof(T), &data) == kTfLiteOk ? data : nullptr;
}

template <typename T>
T& Data(TfLiteNode* node) {
  return *static_cast<T*>(node->user_data);
}

template <typename T>
const T& Options(const TfLiteNode* node) {
  return *static_cast<const T*>(node->builtin_data);
}

inline int8_t* Int8(TfLiteTensor* tensor) { return tensor->data.int8; }
inline const int8_t* Int8(const TfLiteTensor* tensor) { return tensor->data.int8; }

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

// Pads as TensorFlow does, the odd element at the end.
int32_t PadBefore(TfLitePadding padding, int32_t in, int32_t out, int32_t kernel, int32_t stride, int32_t dilation);

}  // namespace kernels
}  // namespace hilbench

#endif
