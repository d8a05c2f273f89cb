// The operators of one image, as TensorFlow Lite Micro looks them up.
#ifndef HILBENCH_OP_TABLE_H
#define HILBENCH_OP_TABLE_H

#include "op_entry.h"
#include "tensorflow/lite/micro/compatibility.h"
#include "tensorflow/lite/micro/micro_op_resolver.h"

namespace hilbench {

// Holds exactly the image's kOps. Versions were checked by the host before it built the image; where it
// rewrote the model (docs/kernels.md, device form), a version tells kernels of different widths apart.
class OpTable : public tflite::MicroOpResolver {
 public:
  OpTable();

  const TfLiteRegistration* FindOp(tflite::BuiltinOperator op, int version) const override;
  const TfLiteRegistration* FindOp(const char* op, int version) const override;
  BuiltinParseFunction GetOpDataParser(tflite::BuiltinOperator op) const override;
  TfLiteStatus AddBuiltin(tflite::BuiltinOperator op, TfLiteRegistration* registration, int version) override;

 private:
  TF_LITE_REMOVE_VIRTUAL_DELETE
};

}  // namespace hilbench

#endif
