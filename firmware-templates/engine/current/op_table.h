// The operators of one image, as TensorFlow Lite Micro looks them up.
#ifndef HILBENCH_OP_TABLE_H
#define HILBENCH_OP_TABLE_H

#include "op_entry.h"
#include "tensorflow/lite/micro/compatibility.h"
#include "tensorflow/lite/micro/micro_op_resolver.h"

namespace hilbench {

// Holds exactly the image's kOps. The runtime asks once for each node, in their order, and names no version. Where the
// image has kernels of several widths for an operator (docs/kernels.md, device form), the count of questions tells
// which node is meant; were it ever wrong, that kernel would refuse the types of its tensors.
class OpTable : public tflite::MicroOpResolver {
 public:
  OpTable();

  const TFLMRegistration* FindOp(tflite::BuiltinOperator op) const override;
  const TFLMRegistration* FindOp(const char* op) const override;
  tflite::TfLiteBridgeBuiltinParseFunction GetOpDataParser(tflite::BuiltinOperator op) const override;

 private:
  mutable size_t asked_ = 0;

  TF_LITE_REMOVE_VIRTUAL_DELETE
};

}  // namespace hilbench

#endif
