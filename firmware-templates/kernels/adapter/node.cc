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

namespace {

// The nearest integer, ties up; what is beyond every tensor's range stays there.
int32_t Rounded(float value) {
  constexpr float kBeyond = 1 << 20;
  if (value > kBeyond) value = kBeyond;
  const auto whole = static_cast<int32_t>(value);
  return whole + (value - static_cast<float>(whole) >= 0.5f ? 1 : 0);
}

}  // namespace

TfLiteStatus ActivationRange(TfLiteContext* context, TfLiteFusedActivation activation, const TfLiteTensor* output,
                             int32_t* min, int32_t* max) {
  const bool wide = output->type == kTfLiteInt16;
  TF_LITE_ENSURE(context, wide || output->type == kTfLiteInt8);
  const int32_t zero_point = output->params.zero_point;
  *min = wide ? INT16_MIN : INT8_MIN;
  *max = wide ? INT16_MAX : INT8_MAX;
  if (activation == kTfLiteActNone) return kTfLiteOk;
  float least = 0, most = 0;
  switch (activation) {
    case kTfLiteActRelu: break;
    case kReluN1To1: least = -1, most = 1; break;
    case kTfLiteActRelu6: most = 6; break;
    default: return kTfLiteOk;
  }
  const int32_t from = zero_point - Rounded(-least / output->params.scale);
  const int32_t to = zero_point + Rounded(most / output->params.scale);
  if (from > *min) *min = from;
  if (most > 0 && to < *max) *max = to;
  return kTfLiteOk;
}

int32_t PadBefore(TfLitePadding padding, int32_t in, int32_t out, int32_t kernel, int32_t stride, int32_t dilation) {
  if (padding != kTfLitePaddingSame) return 0;
  const int32_t total = (out - 1) * stride + (kernel - 1) * dilation + 1 - in;
  return total > 0 ? total / 2 : 0;
}

}  // namespace kernels
}  // namespace hilbench
