// Words for why a clock is not confirmed.
#ifndef HILBENCH_FAMILIES_CLOCK_CAUSE_H
#define HILBENCH_FAMILIES_CLOCK_CAUSE_H

#include <cstdint>

namespace hilbench {

// Words for a ClockCause; nullptr if the clock is confirmed.
const char* ClockCauseText(uint32_t cause);

}  // namespace hilbench

#endif
