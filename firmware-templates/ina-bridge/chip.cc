#include "ina-bridge/chip.h"

namespace hilbench::ina {
namespace {

// Continuous conversion of shunt then bus, no averaging. The times are the shortest whose sum leaves room for a status
// and two results over I2C at 400 kHz (345 us), the larger part of it to the shunt.
//
// INA226, SBOS547, "Register Maps":
//   Configuration (00h): AVG bits 11-9 = 000 (1), VBUSCT bits 8-6 = 000 (140 us), VSHCT bits 5-3 = 010 (332 us),
//   MODE bits 2-0 = 111 (shunt and bus, continuous); bit 14 reads 1.
//   Mask/Enable (06h): all alerts off; its bit 3, CVRF, is set after a conversion and cleared by reading it.
//   Shunt voltage (01h): 2.5 uV a step, two's complement; bus voltage (02h): 1.25 mV a step.
//   Die ID (FFh): 226h in bits 15-4, the revision below.
// The calibration register (05h) is left alone: it only scales the current register, which truncates. Current is
// computed here, from the shunt's voltage.
constexpr uint16_t kIna226Configuration = 0x4000 | 0u << 9 | 0u << 6 | 2u << 3 | 7u;

// INA228, SBOS886, "Register Maps":
//   ADC_CONFIG (01h): MODE bits 15-12 = Bh (shunt and bus, continuous), VBUSCT bits 11-9 = 000 (50 us),
//   VSHCT bits 8-6 = 100 (540 us), VTCT bits 5-3 unused, AVG bits 2-0 = 000 (1).
//   DIAG_ALRT (0Bh): ALATCH bit 15 = 1, so that reading it clears CNVRF (bit 1).
//   VSHUNT (04h): 312.5 nV a step with ADCRANGE = 0 of CONFIG, two's complement; VBUS (05h): 195.3125 uV a step; both
//   24 bits long, the lowest four reserved.
//   DEVICE_ID (3Fh): 228h in bits 15-4, the revision below.
constexpr uint16_t kIna228AdcConfiguration = 0xBu << 12 | 0u << 9 | 4u << 6;
constexpr uint16_t kIna228Latched = 1u << 15;

}  // namespace

const Chip kChips[] = {
    {"ina226",
     0xFF,
     0x2260,
     0xFFF0,
     {{0x06, 0}, {0x00, kIna226Configuration}},
     0x06,
     1u << 3,
     0x01,
     0x02,
     2,
     0,
     2'500'000,
     1'250'000,
     472},
    {"ina228",
     0x3F,
     0x2280,
     0xFFF0,
     {{0x0B, kIna228Latched}, {0x01, kIna228AdcConfiguration}},
     0x0B,
     1u << 1,
     0x04,
     0x05,
     3,
     4,
     312'500,
     195'313,  // 195.3125 uV, to 3 ppm
     590},
};
const size_t kChipCount = sizeof(kChips) / sizeof(kChips[0]);

int32_t Steps(const Chip& chip, const uint8_t* bytes) {
  uint32_t whole = 0;
  for (size_t i = 0; i < chip.sample_bytes; i++) {
    whole |= static_cast<uint32_t>(bytes[i]) << (24 - 8 * i);
  }
  return static_cast<int32_t>(whole) >> (32 - 8 * chip.sample_bytes + chip.unused_bits);
}

bool AtItsLimit(const Chip& chip, int32_t steps) {
  const int32_t most = (1 << (8 * chip.sample_bytes - chip.unused_bits - 1)) - 1;
  return steps >= most || steps <= -most - 1;
}

int32_t MicroAmperes(const Chip& chip, int32_t shunt_steps, uint32_t shunt_microohms) {
  const int64_t picovolts = static_cast<int64_t>(shunt_steps) * chip.shunt_picovolts;
  const int64_t half = shunt_microohms / 2;
  return static_cast<int32_t>((picovolts + (picovolts < 0 ? -half : half)) / static_cast<int64_t>(shunt_microohms));
}

int32_t MicroVolts(const Chip& chip, int32_t bus_steps) {
  return static_cast<int32_t>(static_cast<int64_t>(bus_steps) * chip.bus_nanovolts / 1000);
}

}  // namespace hilbench::ina
