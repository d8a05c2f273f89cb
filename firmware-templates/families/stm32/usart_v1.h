// USART of STM32F4 (RM0090, USART registers), by the names of USART1.
#ifndef HILBENCH_FAMILIES_STM32_USART_V1_H
#define HILBENCH_FAMILIES_STM32_USART_V1_H

#include HILBENCH_REGISTERS

namespace hilbench {

constexpr uint32_t kUartBase = USART1_SR;
constexpr uint32_t kUartReceive = USART1_DR;
constexpr uint32_t kUartTransmit = USART1_DR;
constexpr BitField kUartReceived = USART1_SR_RXNE;
constexpr BitField kUartEmpty = USART1_SR_TXE;
constexpr BitField kUartComplete = USART1_SR_TC;

// Status then data, read in this order, clears an overrun.
inline void ClearOverrun(uint32_t) {}

}  // namespace hilbench

#endif
