#include "tfmicro2020/api.h"

#include "adapter/node.h"
#include "tensorflow/lite/micro/kernels/micro_ops.h"

namespace hilbench {
namespace kernels {
namespace {

void* g_scratch = nullptr;
size_t g_scratch_bytes = 0;

}  // namespace

void UseScratch(void* memory, size_t bytes) {
  g_scratch = memory;
  g_scratch_bytes = bytes;
}

TfLiteStatus RequireScratch(TfLiteContext* context, size_t bytes, Scratch*) {
  if (bytes <= g_scratch_bytes) return kTfLiteOk;
  TF_LITE_KERNEL_LOG(context, "Scratch of %d bytes is too small, %d are needed", static_cast<int>(g_scratch_bytes),
                     static_cast<int>(bytes));
  return kTfLiteError;
}

void* Memory(TfLiteContext*, const Scratch&) { return g_scratch; }

// The runtime's own, which resolves the shape, but for the copy.
Registration Reshape() {
  static TfLiteRegistration r = *tflite::ops::micro::Register_RESHAPE();
  r.invoke = EvalReshape;
  return &r;
}

}  // namespace kernels
}  // namespace hilbench
