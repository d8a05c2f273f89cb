#include "engine/graph.h"

#include "image/image.h"
#include "op_entry.h"
#include "tensorflow/lite/schema/schema_generated.h"

namespace hilbench {
namespace {

HILBENCH_BENCH_BSS const void* g_model;

const tflite::Model& TheModel() { return *tflite::GetModel(g_model); }

const tflite::Operator& Node(size_t node) {
  return *TheModel().subgraphs()->Get(0)->operators()->Get(static_cast<uint32_t>(node));
}

}  // namespace

void ReadGraphOf(const void* model) { g_model = model; }

size_t NodeCount() { return TheModel().subgraphs()->Get(0)->operators()->size(); }

size_t OpOfNode(size_t node) {
  const tflite::OperatorCode& code = *TheModel().operator_codes()->Get(Node(node).opcode_index());
  size_t op = 0;
  while (op < kOpCount && !(kOps[op].builtin_code == BuiltinCode(code) &&
                            (kOps[op].version == 0 || kOps[op].version == code.version()))) {
    op++;
  }
  return op;
}

int32_t OutputOfNode(size_t node) { return Node(node).outputs()->Get(0); }

bool NodeReads(size_t node, int32_t tensor) {
  const auto& inputs = *Node(node).inputs();
  for (uint32_t i = 0; i < inputs.size(); i++) {
    if (inputs.Get(i) == tensor) return true;
  }
  return false;
}

}  // namespace hilbench
