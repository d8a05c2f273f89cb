// The chips that the bridge knows, by their datasheets: INA226 (SBOS547) and INA228 (SBOS886).
#ifndef HILBENCH_INA_CHIP_H
#define HILBENCH_INA_CHIP_H

#include <cstddef>
#include <cstdint>

namespace hilbench::ina {

struct Setting {
  uint8_t reg;
  uint16_t value;
};

struct Chip {
  const char* name;     // as the answer to `id` states it
  uint8_t id_register;  // holds `id` in the bits of `id_mask`
  uint16_t id;
  uint16_t id_mask;
  Setting settings[2];     // written in this order; then it converts without end
  uint8_t ready_register;  // a conversion is complete: `ready_mask`; reading clears it
  uint16_t ready_mask;
  uint8_t shunt_register;
  uint8_t bus_register;
  uint8_t sample_bytes;      // of both
  uint8_t unused_bits;       // at the low end of both
  uint32_t shunt_picovolts;  // of one step
  uint32_t bus_nanovolts;    // of one step
  uint32_t cycle_us;         // one conversion of shunt and bus, typical
};

extern const Chip kChips[];
extern const size_t kChipCount;

// The chip's answer, high byte first, as a signed count of steps.
int32_t Steps(const Chip& chip, const uint8_t* bytes);

// Beyond what the chip can show: the true value is not known.
bool AtItsLimit(const Chip& chip, int32_t steps);

// Microamperes through a shunt of so many microohms, rounded to the nearest.
int32_t MicroAmperes(const Chip& chip, int32_t shunt_steps, uint32_t shunt_microohms);

// Microvolts at the bus input.
int32_t MicroVolts(const Chip& chip, int32_t bus_steps);

}  // namespace hilbench::ina

#endif
