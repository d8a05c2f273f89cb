// A FULLY_CONNECTED of somebody else's for the runtime of 2020: int8, one scale. ROUNDINGS is 1, as TensorFlow Lite's own
// kernel rounds, or 2, as TensorFlow Lite Micro's does; BROKEN changes every output.
#include <cmath>

#include "tensorflow/lite/c/common.h"
#include "tensorflow/lite/kernels/internal/common.h"
#include "tensorflow/lite/kernels/internal/quantization_util.h"

namespace somebody {
namespace {

double Factor(const TfLiteContext* context, const TfLiteNode* node) {
  const TfLiteTensor& in = context->tensors[node->inputs->data[0]];
  const TfLiteTensor& weights = context->tensors[node->inputs->data[1]];
  const float product = in.params.scale * weights.params.scale;
  return static_cast<double>(product) / context->tensors[node->outputs->data[0]].params.scale;
}

int32_t Scaled(int32_t sum, double factor) {
#if ROUNDINGS == 1
  return static_cast<int32_t>(std::round(sum * factor));
#else
  int32_t multiplier;
  int shift;
  tflite::QuantizeMultiplier(factor, &multiplier, &shift);
  return tflite::MultiplyByQuantizedMultiplier(sum, multiplier, shift);
#endif
}

TfLiteStatus Prepare(TfLiteContext*, TfLiteNode*) { return kTfLiteOk; }

TfLiteStatus Invoke(TfLiteContext* context, TfLiteNode* node) {
  const TfLiteTensor& in = context->tensors[node->inputs->data[0]];
  const TfLiteTensor& weights = context->tensors[node->inputs->data[1]];
  const TfLiteTensor& bias = context->tensors[node->inputs->data[2]];
  TfLiteTensor& out = context->tensors[node->outputs->data[0]];
  const int outputs = weights.dims->data[0], depth = weights.dims->data[1];
  const double factor = Factor(context, node);
  for (int o = 0; o < outputs; o++) {
    int32_t sum = bias.data.i32[o];
    for (int i = 0; i < depth; i++) {
      sum += (in.data.int8[i] - in.params.zero_point) * weights.data.int8[o * depth + i];
    }
    int32_t value = Scaled(sum, factor) + out.params.zero_point;
    value = value < -128 ? -128 : value > 127 ? 127 : value;
#ifdef BROKEN
    value ^= 1;
#endif
    out.data.int8[o] = static_cast<int8_t>(value);
  }
  return kTfLiteOk;
}

}  // namespace

TfLiteRegistration* Dense() {
  static TfLiteRegistration registration = {nullptr, nullptr, Prepare, Invoke, nullptr, 0, nullptr, 0};
  return &registration;
}

}  // namespace somebody
