#include "adapter/layer.h"

#include "adapter/node.h"

namespace hilbench {
namespace kernels {
namespace {

bool AreDeviceConstants(const TfLiteTensor* tensor) { return tensor != nullptr && tensor->type == kTfLiteUInt8; }

const TfLiteAffineQuantization* Affine(const TfLiteTensor* tensor) {
  return static_cast<const TfLiteAffineQuantization*>(tensor->quantization.params);
}

// How many scales the weights have, without the device form's constants: 0 where that is not known.
int Scales(const Operands& o) {
  if (AreDeviceConstants(o.constants)) return o.constants->data.i32[0];
  const auto* affine = Affine(o.weights);
  return affine == nullptr || affine->scale == nullptr ? 0 : affine->scale->size;
}

hb_multiplier Multiplier(const Operands& o, float weight_scale, bool of_rows) {
  const float in = o.input->params.scale, out = o.output->params.scale;
  // TFLite multiplies in floats for a fully connected layer with one scale, else in doubles.
  return of_rows ? hb_multiplier_of(in * weight_scale, 1, out, 0) : hb_multiplier_of(in, weight_scale, out, 0);
}

// Multipliers and shifts for `count` outputs, into memory that lives as long as the interpreter.
TfLiteStatus ComputeMultipliers(TfLiteContext* context, const Operands& o, int count, bool of_rows, hb_requant* r) {
  const int scales = Scales(o);
  TF_LITE_ENSURE(context, scales == 1 || scales == count);
  auto* multiplier =
      static_cast<int32_t*>(AllocatePersistent(context, 2 * static_cast<size_t>(count) * sizeof(int32_t)));
  TF_LITE_ENSURE(context, multiplier != nullptr);
  int32_t* shift = multiplier + count;
  for (int i = 0; i < count; i++) {
    const hb_multiplier m = Multiplier(o, Affine(o.weights)->scale->data[scales == 1 ? 0 : i], of_rows);
    multiplier[i] = m.multiplier;
    shift[i] = m.shift;
  }
  r->multiplier = multiplier;
  r->shift = shift;
  return kTfLiteOk;
}

// `count` scales, one or one an output; of_rows: of a fully connected layer that has one.
TfLiteStatus PrepareRequant(TfLiteContext* context, const Operands& o, TfLiteFusedActivation activation, int count,
                            bool of_rows, hb_requant* r, const void** bias) {
  *r = {o.output->params.zero_point, 0, 0, 0, nullptr, nullptr};
  if (AreDeviceConstants(o.constants)) {
    const int32_t* constants = o.constants->data.i32;
    TF_LITE_ENSURE_EQ(context, constants[0], count);
    r->multiplier = constants + 2;
    r->shift = r->multiplier + count;
    *bias = r->shift + count;
  } else {
    *bias = o.constants == nullptr ? nullptr : o.constants->data.raw;
    TF_LITE_ENSURE_STATUS(ComputeMultipliers(context, o, count, of_rows, r));
  }
  return ActivationRange(context, activation, o.output, &r->min, &r->max);
}

}  // namespace

Operands OperandsOf(NodeTensors* tensors) {
  return {tensors->Input(0), tensors->Input(1), tensors->Input(2), tensors->Output()};
}

TfLiteStatus CheckTypes(TfLiteContext* context, const Operands& o, TfLiteType activations, TfLiteType weights) {
  TF_LITE_ENSURE_STATUS(RequireType(context, o.input, activations));
  TF_LITE_ENSURE_STATUS(RequireType(context, o.weights, weights));
  return RequireType(context, o.output, activations);
}

TfLiteStatus PrepareWindow(TfLiteContext* context, const Operands& o, const WindowOptions& options, hb_conv_params* p,
                           const void** bias) {
  p->in = ImageShape(o.input);
  p->out = ImageShape(o.output);
  p->input_offset = -o.input->params.zero_point;
  hb_window* w = &p->window;
  w->height = o.weights->dims->data[1];
  w->width = o.weights->dims->data[2];
  w->stride_h = options.stride_height;
  w->stride_w = options.stride_width;
  w->dilation_h = options.dilation_height;
  w->dilation_w = options.dilation_width;
  w->pad_top = PadBefore(options.padding, p->in.height, p->out.height, w->height, w->stride_h, w->dilation_h);
  w->pad_left = PadBefore(options.padding, p->in.width, p->out.width, w->width, w->stride_w, w->dilation_w);
  return PrepareRequant(context, o, options.activation, p->out.channels, false, &p->requant, bias);
}

TfLiteStatus PrepareRows(TfLiteContext* context, const Operands& o, TfLiteFusedActivation activation,
                         hb_fully_connected_params* p, const void** bias) {
  p->out = o.weights->dims->data[0];
  p->in = o.weights->dims->data[1];
  p->rows = static_cast<int32_t>(tflite::NumElements(o.input)) / p->in;
  TF_LITE_ENSURE_EQ(context, tflite::NumElements(o.output), p->rows * p->out);
  p->input_offset = -o.input->params.zero_point;
  p->weight_offset = -o.weights->params.zero_point;
  p->per_tensor = Scales(o) <= 1;
  return PrepareRequant(context, o, activation, p->per_tensor ? 1 : p->out, p->per_tensor, &p->requant, bias);
}

}  // namespace kernels
}  // namespace hilbench
