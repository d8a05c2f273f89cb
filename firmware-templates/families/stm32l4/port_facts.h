// What families/stm32/ must know of STM32L4 and L4+: clocks of its peripherals, where they are, causes of a reset.
#ifndef HILBENCH_STM32L4_PORT_FACTS_H
#define HILBENCH_STM32L4_PORT_FACTS_H

#include "families/clock_plan.h"
#include "families/reset_cause.h"
#include "families/stm32/usart_divider.h"
#include "families/stm32/usart_v2.h"
#include "families/stm32l4/registers.h"

namespace hilbench {

static_assert(USART1_ICR_ORECF.Mask() == USART1_ISR_ORE.Mask());
constexpr uint32_t kGpioEnable = RCC_AHB2ENR;
constexpr uint32_t kGpioFunctions = GPIOA_AFRL;
constexpr uint32_t kUniqueId = 0x1FFF7590;  // RM0351, RM0432, device electronic signature
constexpr uint32_t kResetHz = 4000000;
constexpr BitField kWatchdogHaltsInDebug = DBGMCU_APB1FZR1_DBG_IWDG_STOP;
constexpr BitField kClearResetCauses = RCC_CSR_RMVF;
constexpr ResetCause kResetCauses[] = {
    {RCC_CSR_IWDGRSTF, "watchdog"}, {RCC_CSR_SFTRSTF, "software"},
    {RCC_CSR_LPWRSTF, "low power"}, {RCC_CSR_BORRSTF, "power-on or brown-out"},
    {RCC_CSR_PINRSTF, "pin"},
};

// One code for two UARTs and two parts.
static_assert(LPUART1_BRR - LPUART1_CR1 == USART1_BRR - USART1_CR1 &&
              LPUART1_ISR - LPUART1_CR1 == USART1_ISR - USART1_CR1);
static_assert(LPUART1_RDR - LPUART1_CR1 == USART1_RDR - USART1_CR1 &&
              LPUART1_TDR - LPUART1_CR1 == USART1_TDR - USART1_CR1);
static_assert(USART1_ISR_RXNE.Mask() == USART1_ISR_RXFNE.Mask() && USART1_ISR_TXE.Mask() == USART1_ISR_TXFNF.Mask());

inline void EnableUart(uint32_t uart) {
  Settle(uart == LPUART1_CR1 ? RCC_APB1ENR2_LPUART1EN : RCC_APB2ENR_USART1EN, 1);
}
inline uint32_t UartFunction(uint32_t uart) { return uart == LPUART1_CR1 ? 8 : 7; }
inline uint32_t UartHz(uint32_t, const ClockPlan& plan) { return plan.clock_hz; }
// An LPUART divides 256 times its clock, by at least 0x300; 0 if the clock is too slow.
inline uint32_t UartDivider(uint32_t uart, uint32_t clock, uint32_t baud) {
  if (uart != LPUART1_CR1) return UsartDivider(clock, baud);
  const uint64_t scaled = static_cast<uint64_t>(clock) * 256;
  const uint32_t divider = static_cast<uint32_t>((scaled + baud / 2) / baud);
  return divider < 0x300 ? 0 : divider;
}

inline void EnableTimer() { Settle(RCC_APB1ENR1_TIM2EN, 1); }
inline uint32_t CoreClocksPerTimerClock(const ClockPlan&) { return 1; }

// Port G, where LPUART1 is on the Nucleo, has a supply of its own (VDDIO2).
inline void StartFamily() {
  Settle(RCC_APB1ENR1_PWREN, 1);
  Write(PWR_CR2_IOSV, 1);
}

}  // namespace hilbench

#endif
