// The rate of a USART.
#ifndef HILBENCH_FAMILIES_STM32_USART_DIVIDER_H
#define HILBENCH_FAMILIES_STM32_USART_DIVIDER_H

#include <cstdint>

namespace hilbench {

// USARTDIV of a UART that takes 16 samples a bit; 0 if the clock is too slow for the rate.
inline uint32_t UsartDivider(uint32_t clock, uint32_t baud) {
  const uint32_t divider = (clock + baud / 2) / baud;
  return divider < 16 ? 0 : divider;
}

}  // namespace hilbench

#endif
