// The kernels as registrations for the TensorFlow Lite Micro of today, such as
//
//     resolver.AddConv2D(hilbench::kernels::Conv2d());
//
// Their scratch memory is part of the arena, as the runtime plans it.
#ifndef HILBENCH_KERNELS_H
#define HILBENCH_KERNELS_H

#include "tensorflow/lite/micro/micro_common.h"
#include "tensorflow/lite/schema/schema_generated.h"

namespace hilbench {
namespace kernels {

using Registration = TFLMRegistration;

#include "adapter/kernel_list.h"

}  // namespace kernels
}  // namespace hilbench

#endif
