// Pins of an STM32 (GPIO, the same in all of these families).
#ifndef HILBENCH_FAMILIES_STM32_PINS_H
#define HILBENCH_FAMILIES_STM32_PINS_H

#include "families/board_facts.h"
#include HILBENCH_FAMILY

namespace hilbench {

constexpr uint32_t kInput = 0;
constexpr uint32_t kOutput = 1;
constexpr uint32_t kAlternate = 2;

inline uint32_t Gpio(Pin pin, uint32_t named) { return named + pin.port * (GPIOB_MODER - GPIOA_MODER); }

// Gives the pin its mode and alternate function; nothing where the board has no such pin.
inline void SetPin(Pin pin, uint32_t mode, uint32_t function) {
  constexpr uint32_t kFast = 2;
  if (pin.number == kNoPin) {
    return;
  }
  const BitField enable = {kGpioEnable, pin.port, 1};
  Settle(enable, 1);  // a port takes writes two cycles after its clock is on
  const uint32_t half = Gpio(pin, kGpioFunctions) + (pin.number / 8u) * 4u;
  Write({half, static_cast<uint8_t>(pin.number % 8u * 4u), 4}, function);
  Write({Gpio(pin, GPIOA_OSPEEDR), static_cast<uint8_t>(pin.number * 2u), 2}, kFast);
  Write({Gpio(pin, GPIOA_MODER), static_cast<uint8_t>(pin.number * 2u), 2}, mode);
}

inline void DrivePin(Pin pin, bool high) {
  if (pin.number != kNoPin) {
    At(Gpio(pin, GPIOA_BSRR)) = 1u << (pin.number + (high ? 0 : 16));
  }
}

}  // namespace hilbench

#endif
