#include "engine/op_table.h"

namespace hilbench {

OpTable::OpTable() {
  for (size_t i = 0; i < kOpCount; i++) {
    g_registrations[i] = *kOps[i].registration();
    g_registrations[i].builtin_code = kOps[i].builtin_code;
    g_registrations[i].version = 0;
  }
}

const TfLiteRegistration* OpTable::FindOp(tflite::BuiltinOperator op, int) const {
  for (size_t i = 0; i < kOpCount; i++) {
    if (g_registrations[i].builtin_code == op) {
      return &g_registrations[i];
    }
  }
  return nullptr;
}

const TfLiteRegistration* OpTable::FindOp(const char*, int) const { return nullptr; }

tflite::MicroOpResolver::BuiltinParseFunction OpTable::GetOpDataParser(tflite::BuiltinOperator) const {
  return tflite::ParseOpData;
}

TfLiteStatus OpTable::AddBuiltin(tflite::BuiltinOperator, TfLiteRegistration*, int) { return kTfLiteError; }

}  // namespace hilbench
