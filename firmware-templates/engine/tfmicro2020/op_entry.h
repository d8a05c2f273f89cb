// The operators of an image, as the host app renders them for the runtime of 2020.
#ifndef HILBENCH_OP_ENTRY_H
#define HILBENCH_OP_ENTRY_H

#include <cstddef>
#include <cstdint>

#include "engine/tfmicro2020/parsers.h"
#include "tensorflow/lite/c/common.h"

namespace tflite {
struct Model;
}

namespace hilbench {

// One operator that the model uses, and the kernel that computes it.
struct OpEntry {
  int32_t builtin_code;
  int32_t version;  // that the model names; 0 stands for all
  TfLiteRegistration* (*registration)();
  Parser* parser;
};

// Memory that the kernels of a set share, taken from the arena before the runtime plans the rest of it.
// Both functions are null where the set needs none.
struct KernelScratch {
  size_t (*bytes)(const tflite::Model& model);
  void (*use)(void* memory, size_t bytes);
};

extern const OpEntry kOps[];
extern const size_t kOpCount;
extern TfLiteRegistration g_registrations[];  // kOpCount of them, which the runtime calls through

extern const KernelScratch kKernelScratch;

inline const TfLiteRegistration& RegistrationOf(const OpEntry& op) { return *op.registration(); }

// Of a tflite::OperatorCode.
template <typename OperatorCode>
int32_t BuiltinCode(const OperatorCode& code) {
  return code.builtin_code();
}

}  // namespace hilbench

#endif
