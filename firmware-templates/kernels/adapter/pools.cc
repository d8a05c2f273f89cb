// AVERAGE_POOL_2D, MAX_POOL_2D.
#include "adapter/node.h"

namespace hilbench {
namespace kernels {
namespace {

template <TfLiteType kType>
TfLiteStatus Prepare(TfLiteContext* context, TfLiteNode* node) {
  NodeTensors tensors(context, node);
  const TfLiteTensor* input = tensors.Input(0);
  TfLiteTensor* output = tensors.Output();
  TF_LITE_ENSURE_STATUS(RequireType(context, input, kType));
  TF_LITE_ENSURE_STATUS(RequireType(context, output, kType));
  const auto& options = Options<TfLitePoolParams>(node);
  auto* p = &Data<hb_pool_params>(node);
  p->in = ImageShape(input);
  p->out = ImageShape(output);
  p->window = {options.filter_height, options.filter_width, options.stride_height, options.stride_width, 1, 1, 0, 0};
  hb_window* w = &p->window;
  w->pad_top = PadBefore(options.padding, p->in.height, p->out.height, w->height, w->stride_h, 1);
  w->pad_left = PadBefore(options.padding, p->in.width, p->out.width, w->width, w->stride_w, 1);
  return ActivationRange(context, options.activation, output, &p->min, &p->max);
}

template <typename T, void (*kKernel)(const hb_pool_params*, const T*, T*)>
TfLiteStatus Eval(TfLiteContext* context, TfLiteNode* node) {
  const auto& p = Data<hb_pool_params>(node);
  const T* in = In<T>(context, node, 0);
  T* out = Out<T>(context, node);
  const int images = EvalInput(context, node, 0)->dims->data[0];
  for (int image = 0; image < images; image++) {
    kKernel(&p, in, out);
    in += ImageElements(p.in);
    out += ImageElements(p.out);
  }
  return kTfLiteOk;
}

template <TfLiteType kType, typename T, void (*kKernel)(const hb_pool_params*, const T*, T*)>
Registration Pool() {
  return Registered<InitData<hb_pool_params>, Prepare<kType>, Eval<T, kKernel>>();
}

}  // namespace

Registration AveragePool2d() { return Pool<kTfLiteInt8, int8_t, hb_average_pool_s8>(); }
Registration AveragePool2d16() { return Pool<kTfLiteInt16, int16_t, hb_average_pool_s16>(); }
Registration MaxPool2d() { return Pool<kTfLiteInt8, int8_t, hb_max_pool_s8>(); }
Registration MaxPool2d16() { return Pool<kTfLiteInt16, int16_t, hb_max_pool_s16>(); }

}  // namespace kernels
}  // namespace hilbench
