// ADD, MUL, MEAN, SOFTMAX.
#include <algorithm>
#include <utility>

#include "adapter/node.h"

namespace hilbench {
namespace kernels {
namespace {

// Scaled by the input's scale / (2 * the largest scale).
hb_scaled_input ScaledInput(const TfLiteTensor* tensor, float largest_scale) {
  const hb_multiplier m = hb_multiplier_of(tensor->params.scale, 1, largest_scale, -1);
  return {-tensor->params.zero_point, m.multiplier, m.shift};
}

// The inputs are shifted left by so many bits before they are scaled.
constexpr int kAddBits = 20, kAddBits16 = 15;

template <TfLiteType kType, int kBits>
TfLiteStatus PrepareAdd(TfLiteContext* context, TfLiteNode* node) {
  NodeTensors tensors(context, node);
  const TfLiteTensor* a = tensors.Input(0);
  const TfLiteTensor* b = tensors.Input(1);
  TfLiteTensor* output = tensors.Output();
  TF_LITE_ENSURE_STATUS(RequireType(context, a, kType));
  TF_LITE_ENSURE_STATUS(RequireType(context, b, kType));
  TF_LITE_ENSURE_STATUS(RequireType(context, output, kType));
  if (!tflite::HaveSameShapes(a, b)) {
    TF_LITE_KERNEL_LOG(context, "ADD with broadcast is not supported");
    return kTfLiteError;
  }
  auto* p = &Data<hb_add_params>(node);
  const float largest = std::max(a->params.scale, b->params.scale);
  p->a = ScaledInput(a, largest);
  p->b = ScaledInput(b, largest);
  const hb_multiplier m = hb_multiplier_of(largest, 1, output->params.scale, 1 - kBits);
  TF_LITE_ENSURE(context, m.shift <= 0);
  p->multiplier = m.multiplier;
  p->shift = m.shift;
  p->zero_point = output->params.zero_point;
  return ActivationRange(context, Options<TfLiteAddParams>(node).activation, output, &p->min, &p->max);
}

template <typename T, void (*kKernel)(const hb_add_params*, const T*, const T*, T*, size_t)>
TfLiteStatus EvalAdd(TfLiteContext* context, TfLiteNode* node) {
  kKernel(&Data<hb_add_params>(node), In<T>(context, node, 0), In<T>(context, node, 1), Out<T>(context, node),
          static_cast<size_t>(Count(EvalOutput(context, node)->dims)));
  return kTfLiteOk;
}

struct MulData {
  hb_mul_params params;
  hb_multiplier multiplier;
  bool swap;  // the first input is the one row that scales all others
};

// Whether `row` is one row (of 1x1 height and width) of the images `all`, with as many channels.
bool ScalesRows(const TfLiteTensor* row, const TfLiteTensor* all) {
  const int channels = all->dims->data[all->dims->size - 1];
  return tflite::NumElements(row) == channels && row->dims->data[row->dims->size - 1] == channels;
}

TfLiteStatus PrepareMul(TfLiteContext* context, TfLiteNode* node) {
  NodeTensors tensors(context, node);
  const TfLiteTensor* a = tensors.Input(0);
  const TfLiteTensor* b = tensors.Input(1);
  TfLiteTensor* output = tensors.Output();
  TF_LITE_ENSURE_STATUS(RequireInt8(context, a));
  TF_LITE_ENSURE_STATUS(RequireInt8(context, b));
  TF_LITE_ENSURE_STATUS(RequireInt8(context, output));
  auto& d = Data<MulData>(node);
  const bool same = tflite::HaveSameShapes(a, b);
  d.swap = !same && tflite::NumElements(a) < tflite::NumElements(b);
  if (d.swap) std::swap(a, b);
  if (!same && !ScalesRows(b, a)) {
    TF_LITE_KERNEL_LOG(context, "MUL is supported for equal shapes, or one row of channels against all others");
    return kTfLiteError;
  }
  d.multiplier = hb_multiplier_of(a->params.scale, b->params.scale, output->params.scale, 0);
  hb_mul_params* p = &d.params;
  p->count = a->dims->data[a->dims->size - 1];
  p->rows = static_cast<int32_t>(tflite::NumElements(a)) / p->count;
  p->b_step = same ? p->count : 0;
  p->a_offset = -a->params.zero_point;
  p->b_offset = -b->params.zero_point;
  p->requant = {output->params.zero_point, -128, 127, 0, &d.multiplier.multiplier, &d.multiplier.shift};
  // One product of two inputs is at most 255 * 255, less than two products with a weight.
  p->requant.fast = hb_requant_is_fast(&p->requant, 1, nullptr, 0, 2);
  return ActivationRange(context, Options<TfLiteMulParams>(node).activation, output, &p->requant.min, &p->requant.max);
}

TfLiteStatus EvalMul(TfLiteContext* context, TfLiteNode* node) {
  const auto& d = Data<MulData>(node);
  hb_mul_s8(&d.params, In<int8_t>(context, node, d.swap ? 1 : 0), In<int8_t>(context, node, d.swap ? 0 : 1),
            Out<int8_t>(context, node));
  return kTfLiteOk;
}

// The axes are height and width in either order, counted from either end.
bool IsOverHeightAndWidth(const TfLiteTensor* axes) {
  if (tflite::NumElements(axes) != 2) return false;
  const int first = (axes->data.i32[0] + 4) % 4, second = (axes->data.i32[1] + 4) % 4;
  return (first == 1 && second == 2) || (first == 2 && second == 1);
}

TfLiteStatus PrepareMean(TfLiteContext* context, TfLiteNode* node) {
  NodeTensors tensors(context, node);
  const TfLiteTensor* input = tensors.Input(0);
  const TfLiteTensor* axes = tensors.Input(1);
  const TfLiteTensor* output = tensors.Output();
  TF_LITE_ENSURE_STATUS(RequireInt8(context, input));
  TF_LITE_ENSURE_STATUS(RequireInt8(context, output));
  if (input->dims->size != 4 || !tflite::IsConstantTensor(axes) || !IsOverHeightAndWidth(axes)) {
    TF_LITE_KERNEL_LOG(context, "MEAN is supported over height and width of a 4-D tensor");
    return kTfLiteError;
  }
  auto* p = &Data<hb_mean_params>(node);
  p->in = ImageShape(input);
  p->input_offset = -input->params.zero_point;
  p->zero_point = output->params.zero_point;
  const hb_multiplier m = hb_multiplier_of(input->params.scale, 1, output->params.scale, 0);
  hb_mean_fold_count(p, m.multiplier, m.shift);
  return kTfLiteOk;
}

TfLiteStatus EvalMean(TfLiteContext* context, TfLiteNode* node) {
  const auto& p = Data<hb_mean_params>(node);
  const auto* in = In<int8_t>(context, node, 0);
  auto* out = Out<int8_t>(context, node);
  const int images = EvalInput(context, node, 0)->dims->data[0];
  for (int image = 0; image < images; image++) {
    hb_mean_s8(&p, in, out);
    in += ImageElements(p.in);
    out += p.in.channels;
  }
  return kTfLiteOk;
}

TfLiteStatus PrepareSoftmax(TfLiteContext* context, TfLiteNode* node) {
  constexpr int kDifferenceBits = 5;
  NodeTensors tensors(context, node);
  const TfLiteTensor* input = tensors.Input(0);
  const TfLiteTensor* output = tensors.Output();
  TF_LITE_ENSURE_STATUS(RequireInt8(context, input));
  TF_LITE_ENSURE_STATUS(RequireInt8(context, output));
  TF_LITE_ENSURE_EQ(context, output->params.zero_point, -128);
  TF_LITE_ENSURE(context, output->params.scale == 1.f / 256);
  auto* p = &Data<hb_softmax_params>(node);
  p->depth = input->dims->data[input->dims->size - 1];
  p->rows = static_cast<int32_t>(tflite::NumElements(input)) / p->depth;
  hb_multiplier m =
      hb_multiplier_of(Options<TfLiteSoftmaxParams>(node).beta, input->params.scale, 1, 31 - kDifferenceBits);
  if (m.shift > 31) m = {INT32_MAX, 31};  // where any difference is too large to matter
  TF_LITE_ENSURE(context, m.shift >= 0);
  p->multiplier = m.multiplier;
  p->left_shift = m.shift;
  p->diff_min = -InputRadius(kDifferenceBits, m.shift);
  return kTfLiteOk;
}

TfLiteStatus EvalSoftmax(TfLiteContext* context, TfLiteNode* node) {
  hb_softmax_s8(&Data<hb_softmax_params>(node), In<int8_t>(context, node, 0), Out<int8_t>(context, node));
  return kTfLiteOk;
}

}  // namespace

Registration Add() {
  return Registered<InitData<hb_add_params>, PrepareAdd<kTfLiteInt8, kAddBits>, EvalAdd<int8_t, hb_add_s8>>();
}

Registration Add16() {
  return Registered<InitData<hb_add_params>, PrepareAdd<kTfLiteInt16, kAddBits16>, EvalAdd<int16_t, hb_add_s16>>();
}

Registration Mul() { return Registered<InitData<MulData>, PrepareMul, EvalMul>(); }

Registration Mean() { return Registered<InitData<hb_mean_params>, PrepareMean, EvalMean>(); }

Registration Softmax() { return Registered<InitData<hb_softmax_params>, PrepareSoftmax, EvalSoftmax>(); }

}  // namespace kernels
}  // namespace hilbench
