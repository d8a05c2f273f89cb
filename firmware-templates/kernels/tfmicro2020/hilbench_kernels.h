// The kernels as registrations for TensorFlow Lite Micro of July 2020 (the crate tfmicro 0.1.0), in place of its own.
//
// They share one scratch buffer, since that runtime can plan one for the first convolution only: before
// AllocateTensors, UseScratch(memory, ScratchBytes(model)) with 16-byte aligned memory that lives as long as the
// interpreter. Without it, or with too little, a kernel that needs scratch refuses the model in Prepare and the log
// says how much it needs.
#ifndef HILBENCH_KERNELS_H
#define HILBENCH_KERNELS_H

#include <cstddef>

#include "tensorflow/lite/c/common.h"
#include "tensorflow/lite/schema/schema_generated.h"

namespace hilbench {
namespace kernels {

// What the most demanding operator of the model needs, a multiple of 16.
size_t ScratchBytes(const tflite::Model& model);

void UseScratch(void* memory, size_t bytes);

using Registration = TfLiteRegistration*;  // of static storage; null for none

#include "adapter/kernel_list.h"

}  // namespace kernels
}  // namespace hilbench

#endif
