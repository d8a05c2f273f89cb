// A function for each operator, so that an image links those that its table names.
#include "engine/current/op_entry.h"
#include "tensorflow/lite/core/api/flatbuffer_conversions.h"
#include "tensorflow/lite/micro/micro_mutable_op_resolver.h"

namespace hilbench {
namespace {

// Where the library keeps a kernel's registration varies from version to version; what adds it does not.
template <typename Add>
TFLMRegistration Added(tflite::BuiltinOperator code, Add add) {
  tflite::MicroMutableOpResolver<1> resolver;
  add(&resolver);
  return *resolver.FindOp(code);
}

}  // namespace

namespace library {
#define OPERATOR(CODE, ADD, PARSE)                                                        \
  TFLMRegistration CODE() {                                                               \
    return Added(tflite::BuiltinOperator_##CODE,                                          \
                 [](tflite::MicroMutableOpResolver<1>* one) { return one->Add##ADD(); }); \
  }
#include "engine/current/operators.def"
#undef OPERATOR
}  // namespace library

namespace parsers {
#define OPERATOR(CODE, ADD, PARSE) \
  Parser CODE() { return tflite::Parse##PARSE; }
#include "engine/current/operators.def"
#undef OPERATOR
}  // namespace parsers

}  // namespace hilbench
