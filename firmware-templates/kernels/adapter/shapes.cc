// PAD, CONCATENATION, RESHAPE: bytes that only move.
#include "adapter/node.h"

namespace hilbench {
namespace kernels {
namespace {

constexpr int kMostDimensions = 4;

TfLiteStatus PreparePad(TfLiteContext* context, TfLiteNode* node) {
  NodeTensors tensors(context, node);
  const TfLiteTensor* input = tensors.Input(0);
  const TfLiteTensor* paddings = tensors.Input(1);
  const TfLiteTensor* output = tensors.Output();
  TF_LITE_ENSURE_STATUS(RequireInt8(context, input));
  TF_LITE_ENSURE_STATUS(RequireInt8(context, output));
  TF_LITE_ENSURE(context, tflite::IsConstantTensor(paddings) && paddings->type == kTfLiteInt32);
  const int dimensions = input->dims->size, missing = kMostDimensions - dimensions;
  TF_LITE_ENSURE(context, missing >= 0);
  TF_LITE_ENSURE_EQ(context, tflite::NumElements(paddings), 2 * dimensions);
  auto* p = &Data<hb_pad_params>(node);
  *p = {{1, 1, 1, 1}, {}, {}, static_cast<int8_t>(output->params.zero_point)};
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
  hb_pad_params p = Data<hb_pad_params>(node);
  if (EvalInput(context, node, 2) != nullptr) p.value = In<int8_t>(context, node, 2)[0];
  hb_pad_s8(&p, In<int8_t>(context, node, 0), Out<int8_t>(context, node));
  return kTfLiteOk;
}

int Axis(const TfLiteNode* node, const EvalTensor* output) {
  const int axis = Options<TfLiteConcatenationParams>(node).axis;
  return axis < 0 ? axis + output->dims->size : axis;
}

TfLiteStatus PrepareConcatenation(TfLiteContext* context, TfLiteNode* node) {
  NodeTensors tensors(context, node);
  const TfLiteTensor* output = tensors.Output();
  TF_LITE_ENSURE_STATUS(RequireInt8(context, output));
  TF_LITE_ENSURE_EQ(context, Options<TfLiteConcatenationParams>(node).activation, kTfLiteActNone);
  for (int i = 0; i < node->inputs->size; i++) {
    NodeTensors one(context, node);
    const TfLiteTensor* input = one.Input(i);
    TF_LITE_ENSURE_STATUS(RequireInt8(context, input));
    TF_LITE_ENSURE_EQ(context, input->params.zero_point, output->params.zero_point);
    TF_LITE_ENSURE(context, input->params.scale == output->params.scale);
  }
  return kTfLiteOk;
}

TfLiteStatus EvalConcatenation(TfLiteContext* context, TfLiteNode* node) {
  const EvalTensor* output = EvalOutput(context, node);
  const int axis = Axis(node, output);
  const int32_t step = Count(output->dims, axis), blocks = Count(output->dims) / step;
  auto* to = Out<int8_t>(context, node);
  for (int i = 0; i < node->inputs->size; i++) {
    const int32_t bytes = Count(EvalInput(context, node, i)->dims, axis);
    hb_scatter_blocks(In<int8_t>(context, node, i), bytes, blocks, to, step);
    to += bytes;
  }
  return kTfLiteOk;
}

}  // namespace

TfLiteStatus EvalReshape(TfLiteContext* context, TfLiteNode* node) {
  const auto* from = In<int8_t>(context, node, 0);
  auto* to = Out<int8_t>(context, node);
  if (from == to) return kTfLiteOk;
  const EvalTensor* input = EvalInput(context, node, 0);
  const int32_t width = input->type == kTfLiteInt16 ? 2 : input->type == kTfLiteInt32 ? 4 : 1;
  hb_scatter_blocks(from, Count(input->dims) * width, 1, to, 0);
  return kTfLiteOk;
}

Registration Pad() { return Registered<InitData<hb_pad_params>, PreparePad, EvalPad>(); }

Registration Concatenation() { return Registered<nullptr, PrepareConcatenation, EvalConcatenation>(); }

}  // namespace kernels
}  // namespace hilbench
