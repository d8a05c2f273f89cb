// ADD, SUB, MUL, PRELU, MEAN, SOFTMAX.
#include <algorithm>

#include "adapter/broadcast.h"
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

struct AddData {
  hb_add_params params;
  Broadcast shapes;
};

struct Pair {
  const TfLiteTensor *a, *b;
  TfLiteTensor* output;
};

TfLiteStatus PairOf(TfLiteContext* context, NodeTensors* tensors, TfLiteType type, Pair* pair) {
  *pair = {tensors->Input(0), tensors->Input(1), tensors->Output()};
  TF_LITE_ENSURE_STATUS(RequireType(context, pair->a, type));
  TF_LITE_ENSURE_STATUS(RequireType(context, pair->b, type));
  return RequireType(context, pair->output, type);
}

template <TfLiteType kType, int kBits>
TfLiteStatus PrepareSum(TfLiteContext* context, TfLiteNode* node, TfLiteFusedActivation activation) {
  NodeTensors tensors(context, node);
  Pair pair;
  TF_LITE_ENSURE_STATUS(PairOf(context, &tensors, kType, &pair));
  const TfLiteTensor *a = pair.a, *b = pair.b;
  TfLiteTensor* output = pair.output;
  auto& d = Data<AddData>(node);
  TF_LITE_ENSURE_STATUS(PrepareBroadcast(context, a, b, output, &d.shapes));
  hb_add_params* p = &d.params;
  const float largest = std::max(a->params.scale, b->params.scale);
  p->a = ScaledInput(a, largest);
  p->b = ScaledInput(b, largest);
  const hb_multiplier m = hb_multiplier_of(largest, 1, output->params.scale, 1 - kBits);
  TF_LITE_ENSURE(context, m.shift <= 0);
  p->multiplier = m.multiplier;
  p->shift = m.shift;
  p->zero_point = output->params.zero_point;
  return ActivationRange(context, activation, output, &p->min, &p->max);
}

template <TfLiteType kType, int kBits>
TfLiteStatus PrepareAdd(TfLiteContext* context, TfLiteNode* node) {
  return PrepareSum<kType, kBits>(context, node, Options<TfLiteAddParams>(node).activation);
}

// As TFLite does it: the second factor is negative.
TfLiteStatus PrepareSub(TfLiteContext* context, TfLiteNode* node) {
  const TfLiteFusedActivation activation = Options<TfLiteSubParams>(node).activation;
  const TfLiteStatus status = PrepareSum<kTfLiteInt8, kAddBits>(context, node, activation);
  hb_scaled_input* b = &Data<AddData>(node).params.b;
  b->multiplier = -b->multiplier;
  return status;
}

template <typename T, void (*kKernel)(const hb_add_params*, const T*, const T*, T*, size_t)>
TfLiteStatus EvalAdd(TfLiteContext* context, TfLiteNode* node) {
  const auto& d = Data<AddData>(node);
  const T* a = In<T>(context, node, 0);
  const T* b = In<T>(context, node, 1);
  T* out = Out<T>(context, node);
  const auto run = static_cast<size_t>(d.shapes.run);
  ForEachRun(d.shapes, [&](int32_t in_a, int32_t in_b, int32_t in_out) {
    kKernel(&d.params, a + in_a, b + in_b, out + in_out, run);
  });
  return kTfLiteOk;
}

struct MulData {
  hb_mul_params params;
  hb_multiplier multiplier;
  bool swap;  // the first input is the one row that scales all others
  Broadcast shapes;
};

// Whether `row` is one row (of 1x1 height and width) of the images `all`, with as many channels.
bool ScalesRows(const TfLiteTensor* row, const TfLiteTensor* all) {
  const int channels = all->dims->data[all->dims->size - 1];
  return all->dims->size >= row->dims->size && tflite::NumElements(row) == channels &&
         row->dims->data[row->dims->size - 1] == channels;
}

// One row against all others is one call; other shapes take one for each run.
TfLiteStatus PrepareRowsOfMul(TfLiteContext* context, const TfLiteTensor* a, const TfLiteTensor* b,
                              const TfLiteTensor* output, MulData* d) {
  hb_mul_params* p = &d->params;
  d->swap = tflite::NumElements(a) < tflite::NumElements(b);
  const TfLiteTensor* larger = d->swap ? b : a;
  if (!tflite::HaveSameShapes(a, b) && ScalesRows(d->swap ? a : b, larger)) {
    p->count = larger->dims->data[larger->dims->size - 1];
    p->rows = Count(larger->dims) / p->count;
    p->b_step = 0;
    d->shapes = {0, {1, 1, 1, 1}, {}, {}};
    return kTfLiteOk;
  }
  d->swap = false;
  TF_LITE_ENSURE_STATUS(PrepareBroadcast(context, a, b, output, &d->shapes));
  p->count = d->shapes.run;
  p->rows = 1;
  p->b_step = p->count;
  return kTfLiteOk;
}

TfLiteStatus PrepareMul(TfLiteContext* context, TfLiteNode* node) {
  NodeTensors tensors(context, node);
  Pair pair;
  TF_LITE_ENSURE_STATUS(PairOf(context, &tensors, kTfLiteInt8, &pair));
  const TfLiteTensor *a = pair.a, *b = pair.b;
  TfLiteTensor* output = pair.output;
  auto& d = Data<MulData>(node);
  TF_LITE_ENSURE_STATUS(PrepareRowsOfMul(context, a, b, output, &d));
  // In floats, as TFLite has them.
  d.multiplier = hb_multiplier_of(a->params.scale * b->params.scale / output->params.scale, 1, 1, 0);
  hb_mul_params* p = &d.params;
  p->a_offset = -(d.swap ? b : a)->params.zero_point;
  p->b_offset = -(d.swap ? a : b)->params.zero_point;
  p->requant = {output->params.zero_point, -128, 127, 0, &d.multiplier.multiplier, &d.multiplier.shift};
  // One product of two inputs is at most 255 * 255, less than two products with a weight.
  p->requant.fast = hb_requant_is_fast(&p->requant, 1, nullptr, 0, 2);
  return ActivationRange(context, Options<TfLiteMulParams>(node).activation, output, &p->requant.min, &p->requant.max);
}

TfLiteStatus EvalMul(TfLiteContext* context, TfLiteNode* node) {
  const auto& d = Data<MulData>(node);
  const auto* a = In<int8_t>(context, node, d.swap ? 1 : 0);
  const auto* b = In<int8_t>(context, node, d.swap ? 0 : 1);
  auto* out = Out<int8_t>(context, node);
  ForEachRun(d.shapes, [&](int32_t in_a, int32_t in_b, int32_t in_out) {
    hb_mul_s8(&d.params, a + in_a, b + in_b, out + in_out);
  });
  return kTfLiteOk;
}

struct PreluData {
  hb_prelu_params params;
  Broadcast shapes;
};

TfLiteStatus PreparePrelu(TfLiteContext* context, TfLiteNode* node) {
  NodeTensors tensors(context, node);
  Pair pair;
  TF_LITE_ENSURE_STATUS(PairOf(context, &tensors, kTfLiteInt8, &pair));
  const TfLiteTensor *input = pair.a, *alpha = pair.b, *output = pair.output;
  auto& d = Data<PreluData>(node);
  TF_LITE_ENSURE(context, tflite::HaveSameShapes(input, output));
  TF_LITE_ENSURE_STATUS(PrepareBroadcast(context, input, alpha, output, &d.shapes));
  // In floats, as TFLite has them.
  const float in = input->params.scale, out = output->params.scale;
  d.params = {-input->params.zero_point, -alpha->params.zero_point, output->params.zero_point,
              hb_multiplier_of(in / out, 1, 1, 0), hb_multiplier_of(in * alpha->params.scale / out, 1, 1, 0)};
  return kTfLiteOk;
}

TfLiteStatus EvalPrelu(TfLiteContext* context, TfLiteNode* node) {
  const auto& d = Data<PreluData>(node);
  const auto* input = In<int8_t>(context, node, 0);
  const auto* alpha = In<int8_t>(context, node, 1);
  auto* out = Out<int8_t>(context, node);
  ForEachRun(d.shapes, [&](int32_t in_input, int32_t in_alpha, int32_t in_out) {
    hb_prelu_s8(&d.params, input + in_input, alpha + in_alpha, out + in_out, static_cast<size_t>(d.shapes.run));
  });
  return kTfLiteOk;
}

struct MeanData {
  hb_mean_params params;
  int32_t images;
};

// What stands before, in and behind the axes, as images, height and channels; false where they do not follow one
// another.
bool FoldAxes(const TfLiteTensor* input, const TfLiteTensor* axes, int32_t* images, hb_shape* image) {
  const int rank = input->dims->size;
  uint32_t reduced = 0;
  for (int i = 0; i < static_cast<int>(tflite::NumElements(axes)); i++) {
    const int32_t axis = axes->data.i32[i] + (axes->data.i32[i] < 0 ? rank : 0);
    if (axis < 0 || axis >= rank) return false;
    reduced |= 1u << axis;
  }
  *images = 1;
  *image = {1, 1, 1};
  int axis = 0;
  for (; axis < rank && !(reduced >> axis & 1); axis++) *images *= input->dims->data[axis];
  for (; reduced >> axis & 1; axis++) image->height *= input->dims->data[axis];
  for (; axis < rank && !(reduced >> axis & 1); axis++) image->channels *= input->dims->data[axis];
  return axis == rank;
}

TfLiteStatus PrepareMean(TfLiteContext* context, TfLiteNode* node) {
  NodeTensors tensors(context, node);
  const TfLiteTensor* input = tensors.Input(0);
  const TfLiteTensor* axes = tensors.Input(1);
  const TfLiteTensor* output = tensors.Output();
  TF_LITE_ENSURE_STATUS(RequireInt8(context, input));
  TF_LITE_ENSURE_STATUS(RequireInt8(context, output));
  auto& d = Data<MeanData>(node);
  hb_mean_params* p = &d.params;
  if (!tflite::IsConstantTensor(axes) || !FoldAxes(input, axes, &d.images, &p->in)) {
    TF_LITE_KERNEL_LOG(context, "MEAN is supported over axes that follow one another");
    return kTfLiteError;
  }
  p->input_offset = -input->params.zero_point;
  p->zero_point = output->params.zero_point;
  const hb_multiplier m = hb_multiplier_of(input->params.scale, 1, output->params.scale, 0);
  hb_mean_fold_count(p, m.multiplier, m.shift);
  return kTfLiteOk;
}

TfLiteStatus EvalMean(TfLiteContext* context, TfLiteNode* node) {
  const auto& d = Data<MeanData>(node);
  const auto* in = In<int8_t>(context, node, 0);
  auto* out = Out<int8_t>(context, node);
  for (int32_t image = 0; image < d.images; image++) {
    hb_mean_s8(&d.params, in, out);
    in += ImageElements(d.params.in);
    out += d.params.in.channels;
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
  return Registered<InitData<AddData>, PrepareAdd<kTfLiteInt8, kAddBits>, EvalAdd<int8_t, hb_add_s8>>();
}

Registration Sub() { return Registered<InitData<AddData>, PrepareSub, EvalAdd<int8_t, hb_add_s8>>(); }

Registration Add16() {
  return Registered<InitData<AddData>, PrepareAdd<kTfLiteInt16, kAddBits16>, EvalAdd<int16_t, hb_add_s16>>();
}

Registration Mul() { return Registered<InitData<MulData>, PrepareMul, EvalMul>(); }

Registration Prelu() { return Registered<InitData<PreluData>, PreparePrelu, EvalPrelu>(); }

Registration Mean() { return Registered<InitData<MeanData>, PrepareMean, EvalMean>(); }

Registration Softmax() { return Registered<InitData<hb_softmax_params>, PrepareSoftmax, EvalSoftmax>(); }

}  // namespace kernels
}  // namespace hilbench
