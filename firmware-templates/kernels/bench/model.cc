// One model with the crate's own kernels and with hilbench's, on the same input: instructions of each operator and the
// CRC of its output for both. The last line says how many outputs differ.
//
// The model lies at HB_MODEL_ADDRESS, where the simulator's loader put it; HB_INPUT_STEP and so on give the input as
// (i * 37 + 11) % modulus + offset.
#include <cstdio>
#include <cstdlib>
#include <new>

#include "hb_kernels.h"
#include "tensorflow/lite/micro/kernels/micro_ops.h"
#include "tensorflow/lite/micro/micro_error_reporter.h"
#include "tensorflow/lite/micro/micro_interpreter.h"
#include "tensorflow/lite/micro/micro_mutable_op_resolver.h"
#include "tfmicro2020/hilbench_kernels.h"
#include "ticks.h"

extern "C" void DebugLog(const char* words) { fputs(words, stderr); }

namespace {

constexpr size_t kArenaBytes = 200 * 1024;
constexpr size_t kMostNodes = 128;
alignas(16) uint8_t g_arena[kArenaBytes];

struct Run {
  uint32_t instructions[kMostNodes];
  uint32_t crc[kMostNodes];
  size_t nodes = 0;
  size_t scratch = 0;
  size_t arena = 0;
};

TfLiteStatus (*g_invoke[kMostNodes])(TfLiteContext*, TfLiteNode*);
Run* g_run = nullptr;

uint32_t Crc(const uint8_t* data, size_t bytes) {
  uint32_t crc = 0xFFFFFFFFu;
  for (size_t i = 0; i < bytes; i++) {
    crc ^= data[i];
    for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (0xEDB88320u & (0u - (crc & 1)));
  }
  return ~crc;
}

// Stands before an operator's invoke: the original one is found by the registration's slot.
template <int kSlot>
TfLiteStatus Timed(TfLiteContext* context, TfLiteNode* node) {
  const uint32_t from = hb_ticks();
  const TfLiteStatus status = g_invoke[kSlot](context, node);
  const uint32_t to = hb_ticks();
  const TfLiteTensor& output = context->tensors[node->outputs->data[0]];
  g_run->instructions[g_run->nodes] = hb_instructions(from, to);
  g_run->crc[g_run->nodes] = Crc(output.data.uint8, output.bytes);
  g_run->nodes++;
  return status;
}

using Resolver = tflite::MicroMutableOpResolver<16>;

template <int kSlot>
void Register(Resolver* ops, tflite::BuiltinOperator code, const TfLiteRegistration* registration) {
  TfLiteRegistration timed = *registration;
  g_invoke[kSlot] = timed.invoke;
  timed.invoke = Timed<kSlot>;
  ops->AddBuiltin(code, &timed, 0);
}

void RegisterAll(Resolver* ops, bool own) {
  namespace stock = tflite::ops::micro;
  namespace hb = hilbench::kernels;
  Register<0>(ops, tflite::BuiltinOperator_CONV_2D, own ? hb::Conv2d() : stock::Register_CONV_2D());
  Register<1>(ops, tflite::BuiltinOperator_DEPTHWISE_CONV_2D,
              own ? hb::DepthwiseConv2d() : stock::Register_DEPTHWISE_CONV_2D());
  Register<2>(ops, tflite::BuiltinOperator_FULLY_CONNECTED,
              own ? hb::FullyConnected() : stock::Register_FULLY_CONNECTED());
  Register<3>(ops, tflite::BuiltinOperator_ADD, own ? hb::Add() : stock::Register_ADD());
  Register<4>(ops, tflite::BuiltinOperator_AVERAGE_POOL_2D,
              own ? hb::AveragePool2d() : stock::Register_AVERAGE_POOL_2D());
  Register<5>(ops, tflite::BuiltinOperator_MAX_POOL_2D, own ? hb::MaxPool2d() : stock::Register_MAX_POOL_2D());
  Register<6>(ops, tflite::BuiltinOperator_SOFTMAX, own ? hb::Softmax() : stock::Register_SOFTMAX());
  Register<7>(ops, tflite::BuiltinOperator_RESHAPE, own ? hb::Reshape() : stock::Register_RESHAPE());
}

uint32_t RunModel(const tflite::Model* model, bool own, int modulus, int offset, Run* run) {
  static tflite::MicroErrorReporter reporter;
  Resolver ops(&reporter);
  RegisterAll(&ops, own);
  run->scratch = own ? hilbench::kernels::ScratchBytes(*model) : 0;
  hilbench::kernels::UseScratch(g_arena, run->scratch);
  tflite::MicroInterpreter interpreter(model, ops, g_arena + run->scratch, kArenaBytes - run->scratch, &reporter);
  if (interpreter.AllocateTensors() != kTfLiteOk) exit(3);
  run->arena = interpreter.arena_used_bytes();
  TfLiteTensor* input = interpreter.input(0);
  for (size_t i = 0; i < input->bytes; i++) {
    input->data.int8[i] = static_cast<int8_t>((static_cast<int>(i % 1000000) * 37 + 11) % modulus + offset);
  }
  g_run = run;
  if (interpreter.Invoke() != kTfLiteOk) exit(4);
  uint32_t total = 0;
  for (size_t i = 0; i < run->nodes; i++) total += run->instructions[i];
  const TfLiteTensor* output = interpreter.output(0);
  printf("%s output:", own ? "hilbench " : "reference");
  for (size_t i = 0; i < output->bytes && i < 16; i++) printf(" %d", output->data.int8[i]);
  printf("\n");
  return total;
}

unsigned long Compare(const tflite::Model* model, int modulus, int offset) {
  static Run stock, own;
  stock = Run();
  own = Run();
  printf("input (i*37+11)%%%d%+d\n", modulus, offset);
  const uint32_t stock_total = RunModel(model, false, modulus, offset, &stock);
  const uint32_t own_total = RunModel(model, true, modulus, offset, &own);
  unsigned long different = 0;
  const auto* operators = model->subgraphs()->Get(0)->operators();
  for (size_t i = 0; i < own.nodes; i++) {
    const auto code = model->operator_codes()->Get(operators->Get(i)->opcode_index())->builtin_code();
    const bool equal = stock.crc[i] == own.crc[i];
    if (!equal) different++;
    printf("%2lu %-18s %10lu %10lu  %08lx %s\n", static_cast<unsigned long>(i), tflite::EnumNameBuiltinOperator(code),
           static_cast<unsigned long>(stock.instructions[i]), static_cast<unsigned long>(own.instructions[i]),
           static_cast<unsigned long>(own.crc[i]), equal ? "equal" : "DIFFERENT");
  }
  printf("total instructions    %10lu %10lu\n", static_cast<unsigned long>(stock_total),
         static_cast<unsigned long>(own_total));
  printf("arena bytes           %10lu %10lu\n", static_cast<unsigned long>(stock.arena),
         static_cast<unsigned long>(own.arena + own.scratch));
  printf("of which scratch      %10d %10lu\n", 0, static_cast<unsigned long>(own.scratch));
  return different;
}

}  // namespace

int main() {
  const tflite::Model* model = tflite::GetModel(reinterpret_cast<const void*>(HB_MODEL_ADDRESS));
  hb_ticks_start();
  unsigned long different = Compare(model, 256, -128);
  different += Compare(model, 31, -15);
  different += Compare(model, 31, 68);
  printf("%lu outputs differ\n", different);
  return different == 0 ? 0 : 1;
}
