#include "engine/tfmicro2020/op_table.h"

namespace hilbench {
namespace {

TfLiteStatus Parse(const tflite::Operator* op, tflite::BuiltinOperator code, tflite::ErrorReporter*,
                   tflite::BuiltinDataAllocator* allocator, void** options) {
  for (size_t i = 0; i < kOpCount; i++) {
    if (kOps[i].builtin_code == code) return kOps[i].parser(op, allocator, options);
  }
  return kTfLiteError;
}

}  // namespace

OpTable::OpTable() {
  for (size_t i = 0; i < kOpCount; i++) {
    g_registrations[i] = RegistrationOf(kOps[i]);
    g_registrations[i].builtin_code = kOps[i].builtin_code;
    g_registrations[i].version = kOps[i].version;
  }
}

const TfLiteRegistration* OpTable::FindOp(tflite::BuiltinOperator op, int version) const {
  for (size_t i = 0; i < kOpCount; i++) {
    const TfLiteRegistration& own = g_registrations[i];
    if (own.builtin_code == op && (own.version == 0 || own.version == version)) return &own;
  }
  return nullptr;
}

const TfLiteRegistration* OpTable::FindOp(const char*, int) const { return nullptr; }

tflite::MicroOpResolver::BuiltinParseFunction OpTable::GetOpDataParser(tflite::BuiltinOperator) const { return Parse; }

TfLiteStatus OpTable::AddBuiltin(tflite::BuiltinOperator, TfLiteRegistration*, int) { return kTfLiteError; }

}  // namespace hilbench
