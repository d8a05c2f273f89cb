// USART and LPUART of STM32F7, L4, H7 and U5 (RM0385, USART registers), by the names of USART1.
#ifndef HILBENCH_FAMILIES_STM32_USART_V2_H
#define HILBENCH_FAMILIES_STM32_USART_V2_H

#include HILBENCH_REGISTERS

namespace hilbench {

constexpr uint32_t kUartBase = USART1_CR1;
constexpr uint32_t kUartReceive = USART1_RDR;
constexpr uint32_t kUartTransmit = USART1_TDR;
constexpr BitField kUartReceived = USART1_ISR_RXNE;
constexpr BitField kUartEmpty = USART1_ISR_TXE;
constexpr BitField kUartComplete = USART1_ISR_TC;

// An overrun stops reception until it is cleared. ICR has each flag at its place in ISR.
inline void ClearOverrun(uint32_t uart) {
  if ((At(uart + USART1_ISR - kUartBase) & USART1_ISR_ORE.Mask()) != 0) {
    At(uart + USART1_ICR - kUartBase) = USART1_ISR_ORE.Mask();
  }
}

}  // namespace hilbench

#endif
