// The serial line of an nRF, polled; PortRead, PortWrite and PortFlush are in each part's serial.cc.
#ifndef HILBENCH_FAMILIES_NRF_SERIAL_H
#define HILBENCH_FAMILIES_NRF_SERIAL_H

namespace hilbench {

// Pins, rate, reception.
void SerialStart();
bool SerialHasByte();

}  // namespace hilbench

#endif
