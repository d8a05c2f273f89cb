// Pins of an nRF (GPIO).
#ifndef HILBENCH_FAMILIES_NRF_PINS_H
#define HILBENCH_FAMILIES_NRF_PINS_H

#include "families/board_facts.h"
#include HILBENCH_FAMILY

namespace hilbench {

// PSEL registers take port and pin as one number.
constexpr uint32_t PinSelection(Pin pin) { return pin.port * 32u + pin.number; }

inline uint32_t Gpio(Pin pin, uint32_t named) { return named + pin.port * kPortStride; }

inline void DrivePin(Pin pin, bool high) {
  if (pin.number != kNoPin) {
    At(Gpio(pin, high ? kPinSet : kPinClear)) = 1u << pin.number;
  }
}

// Nothing where the board has no such pin.
inline void MakeOutput(Pin pin, bool high) {
  constexpr uint32_t kOutputWithoutInput = 3;
  DrivePin(pin, high);
  if (pin.number != kNoPin) {
    At(Gpio(pin, kPinConfig) + pin.number * 4u) = kOutputWithoutInput;
  }
}

inline void MakeInput(Pin pin) { At(Gpio(pin, kPinConfig) + pin.number * 4u) = 0; }

}  // namespace hilbench

#endif
