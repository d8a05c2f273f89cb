// The I2C master of STM32F4 (RM0390 and RM0090, I2C), polled, at 400 kHz: registers of one byte's address that hold 2
// or 3 bytes, as sensors have them.
#ifndef HILBENCH_FAMILIES_STM32_I2C_V1_H
#define HILBENCH_FAMILIES_STM32_I2C_V1_H

#include <cstddef>
#include <cstdint>

#include "families/board_facts.h"

namespace hilbench {

// Of I2C1. `meanwhile` is called over and over while the bus is waited for.
struct I2cFacts {
  Pin scl;
  Pin sda;
  uint32_t function;  // alternate function of both pins
  uint32_t clock_hz;  // of APB1
  void (*meanwhile)();
};

// Resets the peripheral and sets it up; again after a failure.
void I2cStart(const I2cFacts& facts);

// Both return false if nothing acknowledges or the bus is stuck; every wait is bounded. `address`: 7 bits.
bool I2cWrite(uint8_t address, const uint8_t* bytes, size_t count);
bool I2cReadRegister(uint8_t address, uint8_t reg, uint8_t* into, size_t count);  // 2 or 3 bytes

}  // namespace hilbench

#endif
