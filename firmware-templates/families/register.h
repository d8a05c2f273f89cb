// How a family's registers are named, and the bounded ways to touch them.
//
// A family's registers.h holds lines of two kinds, which a test checks against the vendor's own map:
//   HB_REGISTER(PERIPHERAL, REGISTER, base, offset)
//   HB_FIELD(PERIPHERAL, REGISTER, FIELD, lowest bit, width)
#ifndef HILBENCH_FAMILIES_REGISTER_H
#define HILBENCH_FAMILIES_REGISTER_H

#include <cstdint>

namespace hilbench {

struct BitField {
  uint32_t address;
  uint8_t lowest;
  uint8_t width;

  constexpr uint32_t Mask() const { return ((width == 32 ? 0u : 1u << width) - 1u) << lowest; }
};

#define HB_REGISTER(peripheral, name, base, offset) constexpr uint32_t peripheral##_##name = (base) + (offset);
#define HB_FIELD(peripheral, name, field, lowest, width) \
  constexpr BitField peripheral##_##name##_##field = {peripheral##_##name, lowest, width};

inline volatile uint32_t& At(uint32_t address) { return *reinterpret_cast<volatile uint32_t*>(address); }

inline uint32_t Read(BitField field) { return (At(field.address) & field.Mask()) >> field.lowest; }

// Read, change, write: the other bits stay as they are.
inline void Write(BitField field, uint32_t value) {
  volatile uint32_t& whole = At(field.address);
  whole = (whole & ~field.Mask()) | ((value << field.lowest) & field.Mask());
}

// Reads that a status may take. The default is long enough for the slowest oscillator of these parts
// (a crystal, 10 ms) at their reset clocks.
#ifndef HILBENCH_PATIENCE
#define HILBENCH_PATIENCE 40000
#endif
constexpr uint32_t kPatience = HILBENCH_PATIENCE;

// Waits until the field reads so; false if it never does. Never hangs.
inline bool Await(BitField field, uint32_t value) {
  for (uint32_t i = 0; i < kPatience; i++) {
    if (Read(field) == value) {
      return true;
    }
  }
  return false;
}

// Writes and reads back; false if the register did not take it.
inline bool Settle(BitField field, uint32_t value) {
  Write(field, value);
  return Await(field, value);
}

}  // namespace hilbench

#endif
