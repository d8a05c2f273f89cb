#include "tfmicro2020/node.h"

#include "tensorflow/lite/kernels/internal/quantization_util.h"
#include "tfmicro2020/hilbench_kernels.h"

namespace hilbench {
namespace kernels {
namespace {

void* g_scratch = nullptr;
size_t g_scratch_bytes = 0;

}  // namespace

void UseScratch(void* memory, size_t bytes) {
  g_scratch = memory;
  g_scratch_bytes = bytes;
}

void* Scratch() { return g_scratch; }

TfLiteStatus RequireScratch(TfLiteContext* context, size_t bytes) {
  if (bytes <= g_scratch_bytes) return kTfLiteOk;
  TF_LITE_KERNEL_LOG(context, "Scratch of %d bytes is too small, %d are needed", static_cast<int>(g_scratch_bytes),
                     static_cast<int>(bytes));
  return kTfLiteError;
}

TfLiteStatus RequireInt8(TfLiteContext* context, const TfLiteTensor* tensor) {
  if (tensor->type == kTfLiteInt8) return kTfLiteOk;
  TF_LITE_KERNEL_LOG(context, "Tensor type %s is not supported, only INT8", TfLiteTypeGetName(tensor->type));
  return kTfLiteError;
}

int32_t PadBefore(TfLitePadding padding, int32_t in, int32_t out, int32_t kernel, int32_t stride, int32_t dilation) {
  if (padding != kTfLitePaddingSame) return 0;
  const int32_t total = (out - 1) * stride + (kernel - 1) * dilation + 1 - in;
  return total > 0 ? total / 2 : 0;
}

TfLiteStatus PrepareRequant(TfLiteContext* context, const TfLiteTensor* input, const TfLiteTensor* weights,
                            TfLiteTensor* output, TfLiteFusedActivation activation, int scales, hb_requant* requant) {
  TF_LITE_ENSURE_EQ(context, weights->quantization.type, kTfLiteAffineQuantization);
  const auto* affine = static_cast<const TfLiteAffineQuantization*>(weights->quantization.params);
  TF_LITE_ENSURE(context, affine != nullptr && affine->scale != nullptr);
  const bool same = affine->scale->size == 1;
  TF_LITE_ENSURE(context, same || affine->scale->size == scales);
  void* memory = nullptr;
  TF_LITE_ENSURE_STATUS(
      context->AllocatePersistentBuffer(context, 2 * static_cast<size_t>(scales) * sizeof(int32_t), &memory));
  auto* multiplier = static_cast<int32_t*>(memory);
  int32_t* shift = multiplier + scales;
  for (int i = 0; i < scales; i++) {
    const double scale = static_cast<double>(input->params.scale) *
                         static_cast<double>(affine->scale->data[same ? 0 : i]) /
                         static_cast<double>(output->params.scale);
    int exponent = 0;
    tflite::QuantizeMultiplier(scale, &multiplier[i], &exponent);
    shift[i] = exponent;
  }
  *requant = {output->params.zero_point, -128, 127, 0, multiplier, shift};
  return tflite::CalculateActivationRangeQuantized(context, activation, output, &requant->min, &requant->max);
}

}  // namespace kernels
}  // namespace hilbench
