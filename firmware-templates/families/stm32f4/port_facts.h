// What families/stm32/ must know of STM32F4: clocks of its peripherals, where they are, causes of a reset.
#ifndef HILBENCH_STM32F4_PORT_FACTS_H
#define HILBENCH_STM32F4_PORT_FACTS_H

#include "families/clock_plan.h"
#include "families/reset_cause.h"
#include "families/stm32/usart_divider.h"
#include "families/stm32/usart_v1.h"
#include "families/stm32f4/registers.h"

namespace hilbench {

constexpr uint32_t kGpioEnable = RCC_AHB1ENR;
constexpr uint32_t kGpioFunctions = GPIOA_AFRL;
constexpr uint32_t kUniqueId = 0x1FFF7A10;  // RM0090, device electronic signature
constexpr uint32_t kResetHz = 16000000;
constexpr BitField kWatchdogHaltsInDebug = DBGMCU_APB1_FZ_DBG_IWDG_STOP;
constexpr BitField kClearResetCauses = RCC_CSR_RMVF;
constexpr ResetCause kResetCauses[] = {
    {RCC_CSR_WDGRSTF, "watchdog"}, {RCC_CSR_SFTRSTF, "software"},  {RCC_CSR_LPWRRSTF, "low power"},
    {RCC_CSR_PORRSTF, "power-on"}, {RCC_CSR_BORRSTF, "brown-out"}, {RCC_CSR_PADRSTF, "pin"},
};

inline void EnableUart(uint32_t uart) { Settle(uart == USART1_SR ? RCC_APB2ENR_USART1EN : RCC_APB1ENR_USART2EN, 1); }
inline uint32_t UartFunction(uint32_t) { return 7; }
inline uint32_t UartHz(uint32_t uart, const ClockPlan& plan) {
  return plan.clock_hz / (uart == USART1_SR ? plan.ppre2 : plan.ppre1);
}
inline uint32_t UartDivider(uint32_t, uint32_t clock, uint32_t baud) { return UsartDivider(clock, baud); }

inline void EnableTimer() { Settle(RCC_APB1ENR_TIM2EN, 1); }
// A timer of a divided APB runs at twice the APB's clock.
inline uint32_t CoreClocksPerTimerClock(const ClockPlan& plan) { return plan.ppre1 == 1 ? 1 : plan.ppre1 / 2; }

inline void StartFamily() {}

}  // namespace hilbench

#endif
