// One-operator models, made here, through the runtime with hilbench's registrations: against the runtime's own kernel
// where that is right, else against the operator's real-number definition, of which an int8 result may be one step off.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "tensorflow/lite/micro/kernels/micro_ops.h"
#include "tensorflow/lite/micro/micro_error_reporter.h"
#include "tensorflow/lite/micro/micro_interpreter.h"
#include "tensorflow/lite/micro/micro_mutable_op_resolver.h"
#include "tfmicro2020/hilbench_kernels.h"

extern "C" {
#include "buffers.h"
void DebugLog(const char* words) { fputs(words, stderr); }
}

namespace {

using flatbuffers::FlatBufferBuilder;
using Bytes = std::vector<int8_t>;

struct Spec {
  std::vector<int32_t> shape;
  std::vector<float> scales;
  int zero_point;
  tflite::TensorType type = tflite::TensorType_INT8;
  std::vector<uint8_t> constant;  // empty: an activation
  int channel_dimension = 0;
};

struct Model {
  tflite::BuiltinOperator code;
  tflite::BuiltinOptions options_type;
  flatbuffers::Offset<void> (*options)(FlatBufferBuilder*);
  std::vector<Spec> inputs;
  Spec output;
};

size_t Elements(const Spec& s) {
  size_t count = 1;
  for (int32_t d : s.shape) count *= static_cast<size_t>(d);
  return count;
}

float RandomScale() { return 0.005f + 0.0001f * static_cast<float>(random_below(400)); }
int RandomZeroPoint() { return random_in(-128, 127); }

Spec Activation(std::vector<int32_t> shape) { return {shape, {RandomScale()}, RandomZeroPoint()}; }

Spec Integers(std::vector<int32_t> values, std::vector<int32_t> shape) {
  Spec s = {shape, {}, 0, tflite::TensorType_INT32};
  const auto* from = reinterpret_cast<const uint8_t*>(values.data());
  s.constant.assign(from, from + 4 * values.size());
  return s;
}

Spec Weights(std::vector<int32_t> shape, int channel_dimension) {
  Spec s = {shape, {}, 0};
  s.channel_dimension = channel_dimension;
  for (int i = 0; i < shape[static_cast<size_t>(channel_dimension)]; i++) s.scales.push_back(RandomScale());
  for (size_t i = 0; i < Elements(s); i++) s.constant.push_back(static_cast<uint8_t>(random_below(256)));
  return s;
}

Spec Bias(int channels) {
  std::vector<int32_t> values;
  for (int i = 0; i < channels; i++) values.push_back(random_in(-3000, 3000));
  return Integers(values, {channels});
}

std::vector<uint8_t> Build(const Model& model) {
  FlatBufferBuilder b;
  std::vector<flatbuffers::Offset<tflite::Buffer>> buffers = {tflite::CreateBuffer(b)};
  std::vector<flatbuffers::Offset<tflite::Tensor>> tensors;
  std::vector<int32_t> operands, activations;
  std::vector<Spec> all = model.inputs;
  all.push_back(model.output);
  for (size_t i = 0; i < all.size(); i++) {
    const Spec& s = all[i];
    uint32_t buffer = 0;
    if (!s.constant.empty()) {
      buffer = static_cast<uint32_t>(buffers.size());
      b.ForceVectorAlignment(s.constant.size(), 1, 16);
      buffers.push_back(tflite::CreateBuffer(b, b.CreateVector(s.constant)));
    } else if (i + 1 < all.size()) {
      activations.push_back(static_cast<int32_t>(i));
    }
    flatbuffers::Offset<tflite::QuantizationParameters> quantization = 0;
    if (!s.scales.empty()) {
      const std::vector<int64_t> zero_points(s.scales.size(), s.zero_point);
      quantization =
          tflite::CreateQuantizationParameters(b, 0, 0, b.CreateVector(s.scales), b.CreateVector(zero_points),
                                               tflite::QuantizationDetails_NONE, 0, s.channel_dimension);
    }
    tensors.push_back(
        tflite::CreateTensor(b, b.CreateVector(s.shape), s.type, buffer, b.CreateString("t"), quantization));
    if (i + 1 < all.size()) operands.push_back(static_cast<int32_t>(i));
  }
  const std::vector<int32_t> outputs = {static_cast<int32_t>(all.size() - 1)};
  const auto options = model.options == nullptr ? flatbuffers::Offset<void>(0) : model.options(&b);
  const std::vector<flatbuffers::Offset<tflite::Operator>> operators = {
      tflite::CreateOperator(b, 0, b.CreateVector(operands), b.CreateVector(outputs), model.options_type, options)};
  const std::vector<flatbuffers::Offset<tflite::SubGraph>> graphs = {
      tflite::CreateSubGraph(b, b.CreateVector(tensors), b.CreateVector(activations), b.CreateVector(outputs),
                             b.CreateVector(operators), b.CreateString("g"))};
  const std::vector<flatbuffers::Offset<tflite::OperatorCode>> codes = {
      tflite::CreateOperatorCode(b, model.code, 0, 1)};
  b.Finish(tflite::CreateModel(b, 3, b.CreateVector(codes), b.CreateVector(graphs), b.CreateString("m"),
                               b.CreateVector(buffers)),
           tflite::ModelIdentifier());
  return std::vector<uint8_t>(b.GetBufferPointer(), b.GetBufferPointer() + b.GetSize());
}

alignas(16) uint8_t g_arena[64 * 1024];
alignas(16) uint8_t g_scratch[32 * 1024];
alignas(16) uint8_t g_model[64 * 1024];

Bytes Run(const Model& model, const std::vector<Bytes>& inputs, TfLiteRegistration* registration) {
  static tflite::MicroErrorReporter reporter;
  const std::vector<uint8_t> file = Build(model);
  if (file.size() > sizeof g_model) exit(2);
  std::copy(file.begin(), file.end(), g_model);
  const tflite::Model* loaded = tflite::GetModel(g_model);
  tflite::MicroMutableOpResolver<1> ops(&reporter);
  ops.AddBuiltin(model.code, registration, 0);
  const size_t scratch = hilbench::kernels::ScratchBytes(*loaded);
  if (scratch > sizeof g_scratch) exit(2);
  hilbench::kernels::UseScratch(g_scratch, scratch);
  tflite::MicroInterpreter interpreter(loaded, ops, g_arena, sizeof g_arena, &reporter);
  if (interpreter.AllocateTensors() != kTfLiteOk) {
    printf("%s does not prepare\n", tflite::EnumNameBuiltinOperator(model.code));
    return {};
  }
  for (size_t i = 0; i < inputs.size(); i++)
    std::copy(inputs[i].begin(), inputs[i].end(), interpreter.input(i)->data.int8);
  if (interpreter.Invoke() != kTfLiteOk) return {};
  const TfLiteTensor* output = interpreter.output(0);
  return Bytes(output->data.int8, output->data.int8 + output->bytes);
}

std::vector<Bytes> RandomInputs(const Model& model) {
  std::vector<Bytes> inputs;
  for (const Spec& s : model.inputs) {
    if (!s.constant.empty()) continue;
    Bytes values(Elements(s));
    for (int8_t& v : values) v = static_cast<int8_t>(random_in(-128, 127));
    inputs.push_back(values);
  }
  return inputs;
}

int g_failed = 0, g_passed = 0;

void Expect(const Model& model, const Bytes& got, const Bytes& expected, int tolerance) {
  size_t wrong = got.size() == expected.size() ? 0 : 1;
  for (size_t i = 0; wrong == 0 && i < got.size(); i++) wrong += std::abs(got[i] - expected[i]) > tolerance ? 1 : 0;
  if (wrong) printf("%s differs\n", tflite::EnumNameBuiltinOperator(model.code));
  (wrong ? g_failed : g_passed)++;
}

void AgainstStock(const Model& model, TfLiteRegistration* stock) {
  const std::vector<Bytes> inputs = RandomInputs(model);
  Expect(model, Run(model, inputs, hilbench::kernels::Find(model.code)), Run(model, inputs, stock), 0);
}

int8_t Quantized(double real, const Spec& s) {
  const double q = std::round(real / static_cast<double>(s.scales[0])) + s.zero_point;
  return static_cast<int8_t>(std::min(127.0, std::max(-128.0, q)));
}

double Real(int8_t q, const Spec& s) { return static_cast<double>(s.scales[0]) * (q - s.zero_point); }

void AgainstFunction(const Model& model, double (*function)(double), int tolerance) {
  const std::vector<Bytes> inputs = RandomInputs(model);
  Bytes expected;
  for (int8_t q : inputs[0]) expected.push_back(Quantized(function(Real(q, model.inputs[0])), model.output));
  Expect(model, Run(model, inputs, hilbench::kernels::Find(model.code)), expected, tolerance);
}

flatbuffers::Offset<void> ConvOptions(FlatBufferBuilder* b) {
  return tflite::CreateConv2DOptions(*b, tflite::Padding_SAME, 2, 1, tflite::ActivationFunctionType_RELU).Union();
}
flatbuffers::Offset<void> DepthwiseOptions(FlatBufferBuilder* b) {
  return tflite::CreateDepthwiseConv2DOptions(*b, tflite::Padding_VALID, 1, 1, 2, tflite::ActivationFunctionType_NONE,
                                              2, 1)
      .Union();
}
flatbuffers::Offset<void> FullyConnectedOptions(FlatBufferBuilder* b) {
  return tflite::CreateFullyConnectedOptions(*b, tflite::ActivationFunctionType_RELU6).Union();
}
flatbuffers::Offset<void> AddOptions(FlatBufferBuilder* b) {
  return tflite::CreateAddOptions(*b, tflite::ActivationFunctionType_RELU).Union();
}
flatbuffers::Offset<void> MulOptions(FlatBufferBuilder* b) {
  return tflite::CreateMulOptions(*b, tflite::ActivationFunctionType_NONE).Union();
}
flatbuffers::Offset<void> PoolOptions(FlatBufferBuilder* b) {
  return tflite::CreatePool2DOptions(*b, tflite::Padding_SAME, 2, 2, 3, 2, tflite::ActivationFunctionType_RELU6)
      .Union();
}
flatbuffers::Offset<void> ConcatenationOptions(FlatBufferBuilder* b) {
  return tflite::CreateConcatenationOptions(*b, 2).Union();
}
flatbuffers::Offset<void> ReducerOptions(FlatBufferBuilder* b) {
  return tflite::CreateReducerOptions(*b, true).Union();
}

double HardSwish(double x) { return x * std::min(6.0, std::max(0.0, x + 3)) / 6; }
double Same(double x) { return x; }
double Relu6(double x) { return std::min(6.0, std::max(0.0, x)); }

void Weighted() {
  namespace stock = tflite::ops::micro;
  AgainstStock({tflite::BuiltinOperator_CONV_2D,
                tflite::BuiltinOptions_Conv2DOptions,
                ConvOptions,
                {Activation({1, 7, 9, 6}), Weights({5, 3, 4, 6}, 0), Bias(5)},
                {{1, 7, 5, 5}, {1.5f}, -20}},
               stock::Register_CONV_2D());
  AgainstStock({tflite::BuiltinOperator_DEPTHWISE_CONV_2D,
                tflite::BuiltinOptions_DepthwiseConv2DOptions,
                DepthwiseOptions,
                {Activation({1, 9, 8, 3}), Weights({1, 3, 3, 6}, 3), Bias(6)},
                {{1, 7, 4, 6}, {0.9f}, 11}},
               stock::Register_DEPTHWISE_CONV_2D());
  const Spec row = Activation({2, 12});
  Spec weights = Weights({10, 12}, 0), bias = Bias(10);
  weights.scales.resize(1);
  bias.scales = {row.scales[0] * weights.scales[0]};  // which the runtime's own kernel checks
  AgainstStock({tflite::BuiltinOperator_FULLY_CONNECTED,
                tflite::BuiltinOptions_FullyConnectedOptions,
                FullyConnectedOptions,
                {row, weights, bias},
                {{2, 10}, {0.05f}, -50}},
               stock::Register_FULLY_CONNECTED());
}

void Unweighted() {
  namespace stock = tflite::ops::micro;
  AgainstStock({tflite::BuiltinOperator_ADD,
                tflite::BuiltinOptions_AddOptions,
                AddOptions,
                {Activation({1, 4, 5, 6}), Activation({1, 4, 5, 6})},
                Activation({1, 4, 5, 6})},
               stock::Register_ADD());
  AgainstStock({tflite::BuiltinOperator_MUL,
                tflite::BuiltinOptions_MulOptions,
                MulOptions,
                {Activation({1, 4, 5, 6}), Activation({1, 4, 5, 6})},
                Activation({1, 4, 5, 6})},
               stock::Register_MUL());
  AgainstStock({tflite::BuiltinOperator_MUL,
                tflite::BuiltinOptions_MulOptions,
                MulOptions,
                {Activation({1, 4, 5, 6}), Activation({1, 1, 1, 6})},
                Activation({1, 4, 5, 6})},
               stock::Register_MUL());
  AgainstStock({tflite::BuiltinOperator_MUL,
                tflite::BuiltinOptions_MulOptions,
                MulOptions,
                {Activation({1, 1, 1, 6}), Activation({1, 4, 5, 6})},
                Activation({1, 4, 5, 6})},
               stock::Register_MUL());
  const Spec image = Activation({1, 7, 8, 5});
  Spec pooled = image;
  pooled.shape = {1, 4, 4, 5};
  AgainstStock(
      {tflite::BuiltinOperator_MAX_POOL_2D, tflite::BuiltinOptions_Pool2DOptions, PoolOptions, {image}, pooled},
      stock::Register_MAX_POOL_2D());
  AgainstStock(
      {tflite::BuiltinOperator_AVERAGE_POOL_2D, tflite::BuiltinOptions_Pool2DOptions, PoolOptions, {image}, pooled},
      stock::Register_AVERAGE_POOL_2D());
  Spec other = image, joined = image;
  other.shape = {1, 7, 3, 5};
  joined.shape = {1, 7, 11, 5};
  AgainstStock({tflite::BuiltinOperator_CONCATENATION,
                tflite::BuiltinOptions_ConcatenationOptions,
                ConcatenationOptions,
                {image, other},
                joined},
               stock::Register_CONCATENATION());
  Spec padded = image;
  padded.shape = {1, 10, 9, 5};
  AgainstStock({tflite::BuiltinOperator_PAD,
                tflite::BuiltinOptions_PadOptions,
                nullptr,
                {image, Integers({0, 0, 2, 1, 0, 1, 0, 0}, {4, 2})},
                padded},
               stock::Register_PAD());
}

// What the runtime lacks.
void Added() {
  AgainstFunction({tflite::BuiltinOperator_HARD_SWISH,
                   tflite::BuiltinOptions_NONE,
                   nullptr,
                   {Activation({1, 2, 3, 40})},
                   {{1, 2, 3, 40}, {0.03f}, -70}},
                  HardSwish, 1);
  AgainstFunction({tflite::BuiltinOperator_QUANTIZE,
                   tflite::BuiltinOptions_NONE,
                   nullptr,
                   {Activation({1, 2, 3, 40})},
                   Activation({1, 2, 3, 40})},
                  Same, 1);
  AgainstFunction({tflite::BuiltinOperator_RELU6,
                   tflite::BuiltinOptions_NONE,
                   nullptr,
                   {Activation({1, 2, 3, 40})},
                   Activation({1, 2, 3, 40})},
                  Relu6, 1);
  const Model mean = {tflite::BuiltinOperator_MEAN,
                      tflite::BuiltinOptions_ReducerOptions,
                      ReducerOptions,
                      {Activation({1, 5, 6, 7}), Integers({1, 2}, {2})},
                      {{1, 1, 1, 7}, {0.01f}, 5}};
  const std::vector<Bytes> inputs = RandomInputs(mean);
  Bytes expected;
  for (size_t c = 0; c < 7; c++) {
    double sum = 0;
    for (size_t i = 0; i < 30; i++) sum += Real(inputs[0][7 * i + c], mean.inputs[0]);
    expected.push_back(Quantized(sum / 30, mean.output));
  }
  Expect(mean, Run(mean, inputs, hilbench::kernels::Find(mean.code)), expected, 1);
}

}  // namespace

int main() {
  for (uint32_t seed = 0; seed < 25; seed++) {
    buffers_reset(seed);
    Weighted();
    Unweighted();
    Added();
  }
  printf("%d passed, %d failed\n", g_passed, g_failed);
  return g_failed ? 1 : 0;
}
