// PAD, CONCATENATION, RESHAPE: bytes that only move.
#include <cstring>

#include "tensorflow/lite/micro/kernels/micro_ops.h"
#include "tfmicro2020/hilbench_kernels.h"
#include "tfmicro2020/node.h"

namespace hilbench {
namespace kernels {
namespace {

constexpr int kMostDimensions = 4;

TfLiteStatus PreparePad(TfLiteContext* context, TfLiteNode* node) {
  const TfLiteTensor* input = tflite::GetInput(context, node, 0);
  const TfLiteTensor* paddings = tflite::GetInput(context, node, 1);
  TfLiteTensor* output = tflite::GetOutput(context, node, 0);
  TF_LITE_ENSURE_STATUS(RequireInt8(context, input));
  TF_LITE_ENSURE_STATUS(RequireInt8(context, output));
  TF_LITE_ENSURE(context, tflite::IsConstantTensor(paddings) && paddings->type == kTfLiteInt32);
  const int dimensions = input->dims->size, missing = kMostDimensions - dimensions;
  TF_LITE_ENSURE(context, missing >= 0);
  TF_LITE_ENSURE_EQ(context, tflite::NumElements(paddings), 2 * dimensions);
  auto* p = &Data<hb_pad_params>(node);
  *p = {{1, 1, 1, 1}, {}, {}, 0};
  for (int i = 0; i < dimensions; i++) {
    p->in[missing + i] = input->dims->data[i];
    p->before[missing + i] = paddings->data.i32[2 * i];
    p->after[missing + i] = paddings->data.i32[2 * i + 1];
    TF_LITE_ENSURE_EQ(context, output->dims->data[i],
                      input->dims->data[i] + paddings->data.i32[2 * i] + paddings->data.i32[2 * i + 1]);
  }
  return kTfLiteOk;
}

TfLiteStatus EvalPad(TfLiteContext* context, TfLiteNode* node) {
  TfLiteTensor* output = tflite::GetOutput(context, node, 0);
  const TfLiteTensor* value = node->inputs->size > 2 ? tflite::GetOptionalInputTensor(context, node, 2) : nullptr;
  hb_pad_params p = Data<hb_pad_params>(node);
  p.value = value == nullptr ? static_cast<int8_t>(output->params.zero_point) : value->data.int8[0];
  hb_pad_s8(&p, Int8(tflite::GetInput(context, node, 0)), Int8(output));
  return kTfLiteOk;
}

int Axis(const TfLiteNode* node, const TfLiteTensor* output) {
  const int axis = Options<TfLiteConcatenationParams>(node).axis;
  return axis < 0 ? axis + output->dims->size : axis;
}

// Elements of the dimensions from `axis` on.
int32_t Inner(const TfLiteTensor* tensor, int axis) {
  int32_t count = 1;
  for (int i = axis; i < tensor->dims->size; i++) count *= tensor->dims->data[i];
  return count;
}

TfLiteStatus PrepareConcatenation(TfLiteContext* context, TfLiteNode* node) {
  const TfLiteTensor* output = tflite::GetOutput(context, node, 0);
  TF_LITE_ENSURE_STATUS(RequireInt8(context, output));
  TF_LITE_ENSURE_EQ(context, Options<TfLiteConcatenationParams>(node).activation, kTfLiteActNone);
  for (int i = 0; i < node->inputs->size; i++) {
    const TfLiteTensor* input = tflite::GetInput(context, node, i);
    TF_LITE_ENSURE_STATUS(RequireInt8(context, input));
    TF_LITE_ENSURE_EQ(context, input->params.zero_point, output->params.zero_point);
    TF_LITE_ENSURE(context, input->params.scale == output->params.scale);
  }
  return kTfLiteOk;
}

TfLiteStatus EvalConcatenation(TfLiteContext* context, TfLiteNode* node) {
  TfLiteTensor* output = tflite::GetOutput(context, node, 0);
  const int axis = Axis(node, output);
  const int32_t step = Inner(output, axis), blocks = static_cast<int32_t>(output->bytes) / step;
  int8_t* to = Int8(output);
  for (int i = 0; i < node->inputs->size; i++) {
    const TfLiteTensor* input = tflite::GetInput(context, node, i);
    const int32_t bytes = Inner(input, axis);
    hb_scatter_blocks(Int8(input), bytes, blocks, to, step);
    to += bytes;
  }
  return kTfLiteOk;
}

TfLiteStatus EvalReshape(TfLiteContext* context, TfLiteNode* node) {
  const TfLiteTensor* input = tflite::GetInput(context, node, 0);
  TfLiteTensor* output = tflite::GetOutput(context, node, 0);
  if (input->data.raw == output->data.raw) return kTfLiteOk;
  hb_scatter_blocks(Int8(input), static_cast<int32_t>(input->bytes), 1, Int8(output), 0);
  return kTfLiteOk;
}

}  // namespace

TfLiteRegistration* Pad() {
  static TfLiteRegistration r = {InitData<hb_pad_params>, nullptr, PreparePad, EvalPad};
  return &r;
}

TfLiteRegistration* Concatenation() {
  static TfLiteRegistration r = {nullptr, nullptr, PrepareConcatenation, EvalConcatenation};
  return &r;
}

// The runtime's own, which resolves the shape, but for the copy.
TfLiteRegistration* Reshape() {
  static TfLiteRegistration r = *tflite::ops::micro::Register_RESHAPE();
  r.invoke = EvalReshape;
  return &r;
}

}  // namespace kernels
}  // namespace hilbench
