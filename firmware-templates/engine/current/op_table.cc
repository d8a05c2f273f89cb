#include "engine/current/op_table.h"

#include "engine/graph.h"

namespace hilbench {
namespace {

// The first entry of an operator from `from` on; kOpCount where there is none.
size_t EntryOf(tflite::BuiltinOperator op, size_t from) {
  size_t entry = from;
  while (entry < kOpCount && kOps[entry].builtin_code != op) entry++;
  return entry;
}

}  // namespace

OpTable::OpTable() {
  for (size_t i = 0; i < kOpCount; i++) g_registrations[i] = RegistrationOf(kOps[i]);
}

const TFLMRegistration* OpTable::FindOp(tflite::BuiltinOperator op) const {
  const size_t node = asked_++;
  size_t entry = EntryOf(op, 0);
  if (entry == kOpCount) return nullptr;
  const bool several = EntryOf(op, entry + 1) != kOpCount;
  if (several) entry = OpOfNode(node);
  return entry == kOpCount || kOps[entry].builtin_code != op ? nullptr : &g_registrations[entry];
}

const TFLMRegistration* OpTable::FindOp(const char*) const { return nullptr; }

tflite::TfLiteBridgeBuiltinParseFunction OpTable::GetOpDataParser(tflite::BuiltinOperator op) const {
  const size_t entry = EntryOf(op, 0);
  return entry == kOpCount ? nullptr : kOps[entry].parser();
}

}  // namespace hilbench
