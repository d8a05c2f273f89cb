// One inference looked at op by op. Plain runs are not touched by it: the runtime calls the kernels
// directly there, and through here only while an inspection lasts.
#ifndef HILBENCH_INSPECTION_H
#define HILBENCH_INSPECTION_H

#include <cstddef>

#include "tensorflow/lite/c/common.h"

namespace hilbench {

// Fills g_op_records: ticks of each op, then size and CRC of its output.
TfLiteStatus InspectEachOp();

// Runs the ops up to and with this one, so that its output still stands in the arena.
TfLiteStatus RunUpTo(size_t op);

}  // namespace hilbench

#endif
