// The serial line of an STM32, polled.
#ifndef HILBENCH_FAMILIES_STM32_SERIAL_H
#define HILBENCH_FAMILIES_STM32_SERIAL_H

#include <cstdint>

namespace hilbench {

// Rate for a UART that is clocked so; again after each change of the clock.
void SerialStart(uint32_t clock_hz);

}  // namespace hilbench

#endif
