// Register codes that STM32F4, F7, L4 and H7 share.
#ifndef HILBENCH_FAMILIES_STM32_CODES_H
#define HILBENCH_FAMILIES_STM32_CODES_H

#include <cstdint>

namespace hilbench {

constexpr uint32_t kNoCode = 0xFFFFFFFF;

// APB divider 1, 2, 4, 8, 16 as PPREx takes it: 0, 4, 5, 6, 7.
constexpr uint32_t ApbCode(uint32_t divider) {
  return divider == 1 ? 0 : divider == 2 ? 4 : divider == 4 ? 5 : divider == 8 ? 6 : divider == 16 ? 7 : kNoCode;
}

// PLL output divider 2, 4, 6, 8 as PLLP (F4, F7) and PLLR (L4) take it: 0 to 3.
constexpr uint32_t EvenCode(uint32_t divider) {
  return divider >= 2 && divider <= 8 && divider % 2 == 0 ? divider / 2 - 1 : kNoCode;
}

}  // namespace hilbench

#endif
