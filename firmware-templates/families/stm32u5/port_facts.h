// What families/stm32/ must know of STM32U5: clocks of its peripherals, where they are, causes of a reset.
#ifndef HILBENCH_STM32U5_PORT_FACTS_H
#define HILBENCH_STM32U5_PORT_FACTS_H

#include "families/clock_plan.h"
#include "families/reset_cause.h"
#include "families/stm32/usart_divider.h"
#include "families/stm32/usart_v2.h"
#include "families/stm32u5/registers.h"

namespace hilbench {

static_assert(USART1_ICR_ORE.Mask() == USART1_ISR_ORE.Mask());
constexpr uint32_t kGpioEnable = RCC_AHB2ENR1;
constexpr uint32_t kGpioFunctions = GPIOA_AFR;
constexpr uint32_t kUniqueId = 0x0BFA0700;  // RM0456, device electronic signature
constexpr uint32_t kResetHz = 4000000;
constexpr BitField kWatchdogHaltsInDebug = DBGMCU_APB1LFZR_DBG_IWDG_STOP;
constexpr BitField kClearResetCauses = RCC_CSR_RMVF;
constexpr ResetCause kResetCauses[] = {
    {RCC_CSR_IWDGRSTF, "watchdog"},  {RCC_CSR_SFTRSTF, "software"},
    {RCC_CSR_LPWRRSTF, "low power"}, {RCC_CSR_BORRSTF, "power-on or brown-out"},
    {RCC_CSR_PINRSTF, "pin"},
};

inline void EnableUart(uint32_t) { Settle(RCC_APB2ENR_USART1EN, 1); }
inline uint32_t UartFunction(uint32_t) { return 7; }
inline uint32_t UartHz(uint32_t, const ClockPlan& plan) { return plan.clock_hz; }
inline uint32_t UartDivider(uint32_t, uint32_t clock, uint32_t baud) { return UsartDivider(clock, baud); }

inline void EnableTimer() { Settle(RCC_APB1ENR1_TIM2EN, 1); }
inline uint32_t CoreClocksPerTimerClock(const ClockPlan&) { return 1; }

// The instruction cache invalidates itself after a reset; it may be enabled when it has.
inline void StartFamily() {
  Await(ICACHE_SR_BUSYF, 0);
  Write(ICACHE_CR_EN, 1);
}

}  // namespace hilbench

#endif
