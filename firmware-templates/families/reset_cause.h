// Why the chip started, by flags that it keeps over a reset.
#ifndef HILBENCH_FAMILIES_RESET_CAUSE_H
#define HILBENCH_FAMILIES_RESET_CAUSE_H

#include <cstddef>
#include <cstdint>

#include "families/register.h"

namespace hilbench {

struct ResetCause {
  BitField flag;
  const char* text;
};

// The first whose flag stands; nullptr where none does. The rarer causes come first: a power-on sets the flags of the
// others along with its own.
template <size_t n>
const char* ResetCauseText(const ResetCause (&causes)[n]) {
  for (const ResetCause& cause : causes) {
    if (Read(cause.flag) != 0) {
      return cause.text;
    }
  }
  return nullptr;
}

// Bytes of registers that may be read as words only; their count is answered.
inline size_t ReadBytes(uint32_t address, uint8_t* into, size_t bytes) {
  for (size_t i = 0; i < bytes; i++) {
    into[i] = static_cast<uint8_t>(At(address + static_cast<uint32_t>(i) / 4 * 4) >> (i % 4 * 8));
  }
  return bytes;
}

}  // namespace hilbench

#endif
