// The operators of an image, as the host app renders them for a runtime of today.
#ifndef HILBENCH_OP_ENTRY_H
#define HILBENCH_OP_ENTRY_H

#include <cstddef>
#include <cstdint>

#include "tensorflow/lite/c/common.h"
#include "tensorflow/lite/micro/micro_common.h"

namespace tflite {
struct Operator;
class ErrorReporter;
class BuiltinDataAllocator;
}  // namespace tflite

namespace hilbench {

// Reads an operator's options from the model.
using Parser = TfLiteStatus (*)(const tflite::Operator* op, tflite::ErrorReporter* reporter,
                                tflite::BuiltinDataAllocator* allocator, void** options);

// One operator that the model uses, and the kernel that computes it.
struct OpEntry {
  int32_t builtin_code;
  int32_t version;  // that the model names; 0 stands for all
  TFLMRegistration (*registration)();
  Parser (*parser)();
};

extern const OpEntry kOps[];
extern const size_t kOpCount;
extern TFLMRegistration g_registrations[];  // kOpCount of them, which the runtime calls through

inline TFLMRegistration RegistrationOf(const OpEntry& op) {
  TFLMRegistration registration = op.registration();
  registration.builtin_code = op.builtin_code;
  return registration;
}

// Of a tflite::OperatorCode: codes above 126 stand in a field that older files do not have.
template <typename OperatorCode>
int32_t BuiltinCode(const OperatorCode& code) {
  const int32_t old_code = code.deprecated_builtin_code(), new_code = code.builtin_code();
  return old_code > new_code ? old_code : new_code;
}

#define OPERATOR(CODE, ADD, PARSE) TFLMRegistration CODE();
namespace library {  // the library's own kernels
#include "engine/current/operators.def"
}
#undef OPERATOR

#define OPERATOR(CODE, ADD, PARSE) Parser CODE();
namespace parsers {
#include "engine/current/operators.def"
}
#undef OPERATOR

}  // namespace hilbench

#endif
