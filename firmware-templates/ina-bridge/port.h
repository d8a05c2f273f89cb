// What the bridge wants of its board; stm32f4/port.cc is one, the test's fake another.
#ifndef HILBENCH_INA_PORT_H
#define HILBENCH_INA_PORT_H

#include <cstddef>
#include <cstdint>

namespace hilbench::ina {

// Clock, serial line, I2C, trigger input. Returns why the bridge cannot measure, or nullptr.
const char* BoardStart();

// A clock that wraps, and its rate.
uint32_t Now();
uint32_t TicksASecond();

bool TriggerIsHigh();

// The next byte of the host, or -1.
int LineRead();
// Sends the byte if the line is free for it now.
bool LineWrite(uint8_t byte);

// A register of the chip at this address, high byte first: 2 or 3 bytes. False where nothing acknowledges. While they
// wait, they call Meanwhile of the bridge.
bool ChipRead(uint8_t address, uint8_t reg, uint8_t* into, size_t count);
bool ChipWrite(uint8_t address, uint8_t reg, uint16_t value);
// Makes the bus usable again after a failure.
void ChipReset();

// Of the bridge, which has other things to do while the bus is slow.
void Meanwhile();

}  // namespace hilbench::ina

#endif
