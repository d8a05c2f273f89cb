#include "adapter/node.h"

namespace hilbench {
namespace kernels {

TfLiteStatus RequireType(TfLiteContext* context, const TfLiteTensor* tensor, TfLiteType type) {
  if (tensor->type == type) return kTfLiteOk;
  TF_LITE_KERNEL_LOG(context, "Tensor type %s is not supported, only %s", TfLiteTypeGetName(tensor->type),
                     TfLiteTypeGetName(type));
  return kTfLiteError;
}

TfLiteStatus RequireInt8(TfLiteContext* context, const TfLiteTensor* tensor) {
  return RequireType(context, tensor, kTfLiteInt8);
}

int32_t PadBefore(TfLitePadding padding, int32_t in, int32_t out, int32_t kernel, int32_t stride, int32_t dilation) {
  if (padding != kTfLitePaddingSame) return 0;
  const int32_t total = (out - 1) * stride + (kernel - 1) * dilation + 1 - in;
  return total > 0 ? total / 2 : 0;
}

}  // namespace kernels
}  // namespace hilbench
