// The kernels as registrations for TensorFlow Lite Micro of July 2020 (the crate tfmicro 0.1.0), in place of its own.
//
// They share one scratch buffer, since that runtime can plan one for the first convolution only: before
// AllocateTensors, UseScratch(memory, ScratchBytes(model)) with 16-byte aligned memory that lives as long as the
// interpreter. Without it, or with too little, a kernel that needs scratch refuses the model in Prepare and the log
// says how much it needs.
#ifndef HILBENCH_KERNELS_TFMICRO2020_H
#define HILBENCH_KERNELS_TFMICRO2020_H

#include <cstddef>

#include "tensorflow/lite/c/common.h"
#include "tensorflow/lite/schema/schema_generated.h"

namespace hilbench {
namespace kernels {

// What the most demanding operator of the model needs, a multiple of 16.
size_t ScratchBytes(const tflite::Model& model);

void UseScratch(void* memory, size_t bytes);

// Names that end in 4: 4-bit weights, which only a device form has (docs/kernels.md); in 16: int16 activations.
TfLiteRegistration* Conv2d();
TfLiteRegistration* Conv2d4();
TfLiteRegistration* Conv2d16();
TfLiteRegistration* DepthwiseConv2d();
TfLiteRegistration* DepthwiseConv2d4();
TfLiteRegistration* DepthwiseConv2d16();
TfLiteRegistration* FullyConnected();
TfLiteRegistration* FullyConnected4();
TfLiteRegistration* FullyConnected16();
TfLiteRegistration* Add();
TfLiteRegistration* Add16();
TfLiteRegistration* AveragePool2d();
TfLiteRegistration* AveragePool2d16();
TfLiteRegistration* MaxPool2d();
TfLiteRegistration* MaxPool2d16();
TfLiteRegistration* Softmax();
TfLiteRegistration* Mean();  // over height and width
TfLiteRegistration* Mul();   // equal shapes, or one row that scales all others
TfLiteRegistration* Logistic();
TfLiteRegistration* HardSwish();
TfLiteRegistration* Quantize();    // int8 to int8
TfLiteRegistration* Quantize16();  // from or to int16
TfLiteRegistration* Relu();
TfLiteRegistration* Relu6();
TfLiteRegistration* Pad();
TfLiteRegistration* Concatenation();
TfLiteRegistration* Reshape();

// The int8 registration of a builtin operator, or null where these kernels have none.
TfLiteRegistration* Find(tflite::BuiltinOperator code);

}  // namespace kernels
}  // namespace hilbench

#endif
