// The adapter to the TensorFlow Lite Micro of today, operator by operator, in a stand-in for that runtime which hands
// out tensors and memory: what comes out is compared with the operator's real-number definition, of which an int8 may
// be one step off; every tensor that was lent has to be given back.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <vector>

#include "current/hilbench_kernels.h"
#include "tensorflow/lite/c/builtin_op_data.h"
#include "tensorflow/lite/kernels/kernel_util.h"
#include "tensorflow/lite/micro/kernels/kernel_util.h"
#include "tensorflow/lite/micro/micro_context.h"

extern "C" {
#include "buffers.h"
}

namespace {

// --- The stand-in: tensors of one node, and what the library computes for kernels, from its definition.

struct Tensor {
  std::vector<int> shape;
  float scale;
  int zero_point;
  TfLiteType type = kTfLiteInt8;
  std::vector<int32_t> values;        // one an element, whatever the type
  std::vector<float> channel_scales;  // of weights
  bool constant = false;
};

size_t Width(TfLiteType type) {
  return type == kTfLiteInt8 ? 1 : type == kTfLiteInt16 ? 2 : type == kTfLiteInt64 ? 8 : 4;
}

size_t Elements(const std::vector<int>& shape) {
  size_t count = 1;
  for (int d : shape) count *= static_cast<size_t>(d);
  return count;
}

TfLiteIntArray Array(const std::vector<int>& values) {
  TfLiteIntArray array = {static_cast<int>(values.size()), {}};
  std::copy(values.begin(), values.end(), array.data);
  return array;
}

// A tensor's bytes between guard zones, as the runtime would show it.
struct Stored {
  TfLiteIntArray dims;
  TfLiteFloatArray scales;
  TfLiteAffineQuantization affine;
  TfLiteTensor whole;
  TfLiteEvalTensor eval;

  explicit Stored(const Tensor& t) : dims(Array(t.shape)), scales(), affine(), whole(), eval() {
    const size_t count = Elements(t.shape), width = Width(t.type);
    auto* bytes = static_cast<int8_t*>(buffer(count * width, 8));
    for (size_t i = 0; i < t.values.size(); i++) {
      const int64_t value = t.values[i];
      std::copy_n(reinterpret_cast<const int8_t*>(&value), width, bytes + i * width);
    }
    scales.size = static_cast<int>(t.channel_scales.size());
    std::copy(t.channel_scales.begin(), t.channel_scales.end(), scales.data);
    affine.scale = &scales;
    whole.params = {t.scale, t.zero_point};
    if (scales.size > 0) whole.quantization = {kTfLiteAffineQuantization, &affine};
    whole.data.int8 = bytes;
    whole.dims = &dims;
    whole.bytes = count * width;
    whole.type = t.type;
    whole.allocation_type = t.constant ? kTfLiteMmapRo : kTfLiteArenaRw;
    eval = {whole.data, &dims, t.type};
  }
};

void Report(TfLiteContext*, const char* format, ...) { fprintf(stderr, "%s\n", format); }

class StandIn : public tflite::MicroContext {
 public:
  StandIn(const std::vector<Tensor>& tensors, const std::vector<int>& inputs) : inputs_(Array(inputs)) {
    for (const Tensor& t : tensors) stored_.push_back(std::make_unique<Stored>(t));
    outputs_ = Array({static_cast<int>(tensors.size()) - 1});
    node = {&inputs_, &outputs_, nullptr, nullptr};
    context = {};
    context.impl_ = static_cast<tflite::MicroContext*>(this);
    context.ReportError = Report;
    context.AllocatePersistentBuffer = [](TfLiteContext*, size_t bytes) { return buffer(bytes, 8); };
    context.RequestScratchBufferInArena = [](TfLiteContext* c, size_t bytes, int* index) {
      auto& scratch = Of(c).scratch_;
      *index = static_cast<int>(scratch.size());
      scratch.push_back(buffer(bytes, 16));
      return kTfLiteOk;
    };
    context.GetScratchBuffer = [](TfLiteContext* c, int index) {
      return Of(c).scratch_.at(static_cast<size_t>(index));
    };
  }

  TfLiteTensor* AllocateTempTfLiteTensor(int tensor) override {
    lent++;
    return &stored_.at(static_cast<size_t>(tensor))->whole;
  }
  void DeallocateTempTfLiteTensor(TfLiteTensor*) override { lent--; }
  TfLiteEvalTensor* GetEvalTensor(int tensor) override { return &stored_.at(static_cast<size_t>(tensor))->eval; }

  TfLiteContext context;
  TfLiteNode node;
  int lent = 0;

 private:
  static StandIn& Of(TfLiteContext* c) { return *static_cast<StandIn*>(tflite::GetMicroContext(c)); }

  std::vector<std::unique_ptr<Stored>> stored_;
  TfLiteIntArray inputs_, outputs_;
  std::vector<void*> scratch_;
};

}  // namespace

const char* TfLiteTypeGetName(TfLiteType) { return "another type"; }

namespace tflite {

TfLiteTensor* MicroContext::AllocateTempInputTensor(const TfLiteNode* node, int index) {
  return AllocateTempTfLiteTensor(node->inputs->data[index]);
}
TfLiteTensor* MicroContext::AllocateTempOutputTensor(const TfLiteNode* node, int index) {
  return AllocateTempTfLiteTensor(node->outputs->data[index]);
}

namespace micro {
const TfLiteEvalTensor* GetEvalInput(const TfLiteContext* context, const TfLiteNode* node, int index) {
  return GetMicroContext(context)->GetEvalTensor(node->inputs->data[index]);
}
TfLiteEvalTensor* GetEvalOutput(const TfLiteContext* context, const TfLiteNode* node, int index) {
  return GetMicroContext(context)->GetEvalTensor(node->outputs->data[index]);
}
}  // namespace micro

int64_t NumElements(const TfLiteTensor* tensor) {
  int64_t count = 1;
  for (int i = 0; i < tensor->dims->size; i++) count *= tensor->dims->data[i];
  return count;
}

bool HaveSameShapes(const TfLiteTensor* a, const TfLiteTensor* b) {
  return a->dims->size == b->dims->size && std::equal(a->dims->data, a->dims->data + a->dims->size, b->dims->data);
}

bool IsConstantTensor(const TfLiteTensor* tensor) { return tensor->allocation_type == kTfLiteMmapRo; }

}  // namespace tflite

namespace {

// --- Cases

int g_failed = 0, g_passed = 0;

float RandomScale() { return 0.005f + 0.0001f * static_cast<float>(random_below(400)); }

Tensor Activation(std::vector<int> shape, TfLiteType type = kTfLiteInt8) {
  Tensor t = {shape, RandomScale(), type == kTfLiteInt8 ? random_in(-128, 127) : 0, type, {}, {}, false};
  const int limit = type == kTfLiteInt8 ? 128 : 4096;
  for (size_t i = 0; i < Elements(shape); i++) t.values.push_back(random_in(-limit, limit - 1));
  return t;
}

Tensor Output(std::vector<int> shape, float scale, int zero_point, TfLiteType type = kTfLiteInt8) {
  return {shape, scale, zero_point, type, {}, {}, false};
}

Tensor Weights(std::vector<int> shape, int channels) {
  Tensor t = {shape, 0, 0, kTfLiteInt8, {}, {}, true};
  for (int i = 0; i < channels; i++) t.channel_scales.push_back(RandomScale());
  for (size_t i = 0; i < Elements(shape); i++) t.values.push_back(random_in(-127, 127));
  t.scale = t.channel_scales[0];
  return t;
}

Tensor Integers(std::vector<int32_t> values, std::vector<int> shape, TfLiteType type = kTfLiteInt32) {
  return {shape, 0, 0, type, values, {}, true};
}

double Real(const Tensor& t, size_t i) {
  return static_cast<double>(t.scale) * static_cast<double>(t.values[i] - t.zero_point);
}

// Runs the node; `expected(i)` is the real value of output element i.
void Case(const char* name, TFLMRegistration r, std::vector<Tensor> inputs, const Tensor& output, void* options,
          const std::function<double(size_t)>& expected, int tolerance = 1, bool with_absent_input = false) {
  static uint32_t seed = 1;
  buffers_reset(seed++);
  std::vector<int> operands;
  for (size_t i = 0; i < inputs.size(); i++) operands.push_back(static_cast<int>(i));
  if (with_absent_input) operands.push_back(-1);
  inputs.push_back(output);
  StandIn runtime(inputs, operands);
  runtime.node.builtin_data = options;
  if (r.init != nullptr) runtime.node.user_data = r.init(&runtime.context, nullptr, 0);
  bool right = r.prepare(&runtime.context, &runtime.node) == kTfLiteOk && runtime.lent == 0 &&
               r.invoke(&runtime.context, &runtime.node) == kTfLiteOk && buffers_intact();
  const TfLiteEvalTensor* got = runtime.GetEvalTensor(runtime.node.outputs->data[0]);
  const long limit = output.type == kTfLiteInt8 ? 127 : 32767;
  for (size_t i = 0; right && i < Elements(output.shape); i++) {
    const long wanted = std::lround(expected(i) / static_cast<double>(output.scale)) + output.zero_point;
    const long value = output.type == kTfLiteInt8 ? got->data.int8[i] : got->data.i16[i];
    right = std::labs(value - std::min(limit, std::max(-limit - 1, wanted))) <= tolerance;
    if (!right) printf("%s: element %zu is %ld, wanted %ld\n", name, i, value, wanted);
  }
  if (!right) printf("%s failed, %d tensors not given back\n", name, runtime.lent);
  (right ? g_passed : g_failed)++;
}

double Activated(double x, TfLiteFusedActivation activation) {
  if (activation == kTfLiteActNone) return x;
  return activation == kTfLiteActRelu6 ? std::min(6.0, std::max(0.0, x)) : std::max(0.0, x);
}

namespace hb = hilbench::kernels;

// 3x3, stride 2 or 1, SAME, of 5x7 images; depthwise with one filter a channel.
void Convolution(bool depthwise, TfLiteType type) {
  const int h = 5, w = 7, channels = depthwise ? 6 : 3, out_channels = 6, stride = depthwise ? 1 : 2;
  const int out_h = (h + stride - 1) / stride, out_w = (w + stride - 1) / stride;
  const int pad_h = std::max(0, (out_h - 1) * stride + 3 - h) / 2,
            pad_w = std::max(0, (out_w - 1) * stride + 3 - w) / 2;
  const int images = 2;
  const Tensor in = Activation({images, h, w, channels}, type);
  const Tensor weights = depthwise ? Weights({1, 3, 3, out_channels}, out_channels)
                                   : Weights({out_channels, 3, 3, channels}, out_channels);
  const bool wide = type == kTfLiteInt16;
  Tensor bias = Integers({}, {out_channels}, wide ? kTfLiteInt64 : kTfLiteInt32);
  for (int i = 0; i < out_channels; i++) bias.values.push_back(random_in(-3000, 3000));
  const Tensor out = Output({images, out_h, out_w, out_channels}, wide ? 0.01f : 0.8f, wide ? 0 : -9, type);
  TfLiteConvParams conv = {kTfLitePaddingSame, stride, stride, 1, 1, kTfLiteActRelu};
  TfLiteDepthwiseConvParams depth = {kTfLitePaddingSame, stride, stride, 1, kTfLiteActRelu, 1, 1};
  const auto expected = [&](size_t i) {
    const int c = static_cast<int>(i) % out_channels, x = static_cast<int>(i) / out_channels % out_w;
    const int y = static_cast<int>(i) / out_channels / out_w % out_h,
              image = static_cast<int>(i) / out_channels / out_w / out_h;
    const double scale =
        static_cast<double>(in.scale) * static_cast<double>(weights.channel_scales[static_cast<size_t>(c)]);
    double sum = static_cast<double>(bias.values[static_cast<size_t>(c)]);
    for (int ky = 0; ky < 3; ky++) {
      for (int kx = 0; kx < 3; kx++) {
        const int iy = y * stride + ky - pad_h, ix = x * stride + kx - pad_w;
        if (iy < 0 || iy >= h || ix < 0 || ix >= w) continue;
        for (int k = depthwise ? c : 0; k < (depthwise ? c + 1 : channels); k++) {
          const int at = ((image * h + iy) * w + ix) * channels + k;
          const int weight = depthwise ? (ky * 3 + kx) * out_channels + c : ((c * 3 + ky) * 3 + kx) * channels + k;
          sum += static_cast<double>(in.values[static_cast<size_t>(at)] - in.zero_point) *
                 weights.values[static_cast<size_t>(weight)];
        }
      }
    }
    return Activated(sum * scale, kTfLiteActRelu);
  };
  const TFLMRegistration r =
      depthwise ? (wide ? hb::DepthwiseConv2d16() : hb::DepthwiseConv2d()) : (wide ? hb::Conv2d16() : hb::Conv2d());
  void* options = depthwise ? static_cast<void*>(&depth) : &conv;
  Case(depthwise ? "DEPTHWISE_CONV_2D" : "CONV_2D", r, {in, weights, bias}, out, options, expected);
}

void FullyConnected() {
  const int rows = 2, in_size = 13, out_size = 5;
  const Tensor in = Activation({rows, in_size}), weights = Weights({out_size, in_size}, 1);
  const Tensor out = Output({rows, out_size}, 0.2f, -50);
  TfLiteFullyConnectedParams options = {kTfLiteActNone};
  const auto expected = [&](size_t i) {
    double sum = 0;
    for (int k = 0; k < in_size; k++) {
      sum += Real(in, i / out_size * in_size + static_cast<size_t>(k)) *
             Real(weights, i % out_size * in_size + static_cast<size_t>(k));
    }
    return sum;
  };
  Case("FULLY_CONNECTED", hb::FullyConnected(), {in, weights}, out, &options, expected, 1, true);
}

void Elementwise() {
  const Tensor a = Activation({1, 3, 4, 6}), b = Activation({1, 3, 4, 6}), row = Activation({1, 1, 1, 6});
  TfLiteAddParams add = {kTfLiteActRelu};
  Case("ADD", hb::Add(), {a, b}, Output(a.shape, 0.06f, -100), &add,
       [&](size_t i) { return Activated(Real(a, i) + Real(b, i), kTfLiteActRelu); });
  TfLiteMulParams mul = {kTfLiteActNone};
  Case("MUL", hb::Mul(), {a, b}, Output(a.shape, 0.1f, 3), &mul, [&](size_t i) { return Real(a, i) * Real(b, i); });
  Case("MUL of a row", hb::Mul(), {row, a}, Output(a.shape, 0.1f, 3), &mul,
       [&](size_t i) { return Real(a, i) * Real(row, i % 6); });
  const Tensor wide_a = Activation({1, 3, 4, 6}, kTfLiteInt16), wide_b = Activation({1, 3, 4, 6}, kTfLiteInt16);
  Case("ADD of int16", hb::Add16(), {wide_a, wide_b}, Output(a.shape, 0.05f, 0, kTfLiteInt16), &add,
       [&](size_t i) { return Activated(Real(wide_a, i) + Real(wide_b, i), kTfLiteActRelu); });
}

void Pools(bool average, TfLiteType type) {
  const Tensor in = Activation({2, 4, 6, 5}, type);
  TfLitePoolParams options = {kTfLitePaddingValid, 2, 2, 2, 2, kTfLiteActNone};
  const bool wide = type == kTfLiteInt16;
  const TFLMRegistration r =
      average ? (wide ? hb::AveragePool2d16() : hb::AveragePool2d()) : (wide ? hb::MaxPool2d16() : hb::MaxPool2d());
  Case(average ? "AVERAGE_POOL_2D" : "MAX_POOL_2D", r, {in}, Output({2, 2, 3, 5}, in.scale, in.zero_point, type),
       &options, [&](size_t i) {
         const size_t c = i % 5, x = i / 5 % 3, y = i / 15 % 2, image = i / 30;
         double sum = 0, most = -1e9;
         for (size_t k = 0; k < 4; k++) {
           const double value = Real(in, ((image * 4 + 2 * y + k / 2) * 6 + 2 * x + k % 2) * 5 + c);
           sum += value;
           most = std::max(most, value);
         }
         return average ? sum / 4 : most;
       });
}

void Reductions() {
  const Tensor in = Activation({2, 3, 4, 5});
  Case("MEAN", hb::Mean(), {in, Integers({1, 2}, {2})}, Output({2, 1, 1, 5}, 0.01f, 5), nullptr, [&](size_t i) {
    double sum = 0;
    for (size_t k = 0; k < 12; k++) sum += Real(in, (i / 5 * 12 + k) * 5 + i % 5);
    return sum / 12;
  });
  Tensor logits = Activation({3, 7});
  TfLiteSoftmaxParams options = {1.f};
  Case("SOFTMAX", hb::Softmax(), {logits}, Output({3, 7}, 1.f / 256, -128), &options, [&](size_t i) {
    double sum = 0;
    for (size_t k = 0; k < 7; k++) sum += std::exp(Real(logits, i / 7 * 7 + k));
    return std::exp(Real(logits, i)) / sum;
  });
}

void Functions() {
  const Tensor in = Activation({2, 3, 40});
  const auto with = [&](const char* name, TFLMRegistration r, Tensor out, double (*function)(double)) {
    Case(name, r, {in}, out, nullptr, [&, function](size_t i) { return function(Real(in, i)); });
  };
  with("HARD_SWISH", hb::HardSwish(), Output(in.shape, 0.03f, -70),
       [](double x) { return x * std::min(6.0, std::max(0.0, x + 3)) / 6; });
  with("QUANTIZE", hb::Quantize(), Output(in.shape, 0.03f, 7), [](double x) { return x; });
  with("QUANTIZE to int16", hb::Quantize16(), Output(in.shape, 0.001f, 0, kTfLiteInt16), [](double x) { return x; });
  with("RELU", hb::Relu(), Output(in.shape, 0.03f, -128), [](double x) { return std::max(0.0, x); });
  with("RELU6", hb::Relu6(), Output(in.shape, 0.03f, -120), [](double x) { return std::min(6.0, std::max(0.0, x)); });
}

void Shapes() {
  const Tensor in = Activation({1, 2, 3, 4});
  Case(
      "PAD", hb::Pad(), {in, Integers({0, 0, 1, 0, 0, 2, 0, 0}, {4, 2})}, Output({1, 3, 5, 4}, in.scale, in.zero_point),
      nullptr,
      [&](size_t i) {
        const size_t c = i % 4, x = i / 4 % 5, y = i / 20;
        return y < 1 || x >= 3 ? 0.0 : Real(in, ((y - 1) * 3 + x) * 4 + c);
      },
      0);
  Tensor other = Activation({1, 2, 1, 4}), third = Activation({1, 2, 2, 4});
  other.scale = third.scale = in.scale;
  other.zero_point = third.zero_point = in.zero_point;
  TfLiteConcatenationParams options = {2, kTfLiteActNone};
  Case(
      "CONCATENATION", hb::Concatenation(), {in, other, third}, Output({1, 2, 6, 4}, in.scale, in.zero_point), &options,
      [&](size_t i) {
        const size_t c = i % 4, x = i / 4 % 6, y = i / 24;
        return x < 3   ? Real(in, (y * 3 + x) * 4 + c)
               : x < 4 ? Real(other, y * 4 + c)
                       : Real(third, (y * 2 + x - 4) * 4 + c);
      },
      0);
  Case(
      "RESHAPE", hb::Reshape(), {in}, Output({4, 6}, in.scale, in.zero_point), nullptr,
      [&](size_t i) { return Real(in, i); }, 0);
}

}  // namespace

int main() {
  for (int round = 0; round < 100; round++) {
    for (TfLiteType type : {kTfLiteInt8, kTfLiteInt16}) {
      Convolution(false, type);
      Convolution(true, type);
      Pools(true, type);
      Pools(false, type);
    }
    FullyConnected();
    Elementwise();
    Reductions();
    Functions();
    Shapes();
  }
  printf("%d passed, %d failed\n", g_passed, g_failed);
  return g_failed ? 1 : 0;
}
