// One inference looked at op by op.
#ifndef HILBENCH_INSPECTION_H
#define HILBENCH_INSPECTION_H

#include <cstddef>

namespace hilbench {

// Fills the subject's op records: ticks of each op, then size and CRC of its output. False where an operator failed.
bool InspectEachOp();

// Runs the ops up to and with this one, so that its output still stands in the arena.
bool RunUpTo(size_t op);

}  // namespace hilbench

#endif
