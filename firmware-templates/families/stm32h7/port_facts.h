// What families/stm32/ must know of STM32H7: clocks of its peripherals, where they are, causes of a reset.
#ifndef HILBENCH_STM32H7_PORT_FACTS_H
#define HILBENCH_STM32H7_PORT_FACTS_H

#include "families/clock_plan.h"
#include "families/cortex_m7_cache.h"
#include "families/reset_cause.h"
#include "families/stm32/usart_divider.h"
#include "families/stm32/usart_v2.h"
#include "families/stm32h7/registers.h"

namespace hilbench {

static_assert(USART1_ICR_ORECF.Mask() == USART1_ISR_ORE.Mask());
constexpr uint32_t kGpioEnable = RCC_AHB4ENR;
constexpr uint32_t kGpioFunctions = GPIOA_AFRL;
constexpr uint32_t kUniqueId = 0x1FF1E800;  // RM0433, device electronic signature
constexpr uint32_t kResetHz = 64000000;
constexpr BitField kWatchdogHaltsInDebug = DBGMCU_APB4FZ1_DBG_IWDG1;
constexpr BitField kClearResetCauses = RCC_RSR_RMVF;
constexpr ResetCause kResetCauses[] = {
    {RCC_RSR_IWDG1RSTF, "watchdog"}, {RCC_RSR_SFTRSTF, "software"},  {RCC_RSR_LPWRRSTF, "low power"},
    {RCC_RSR_PORRSTF, "power-on"},   {RCC_RSR_BORRSTF, "brown-out"}, {RCC_RSR_PINRSTF, "pin"},
};

inline void EnableUart(uint32_t) { Settle(RCC_APB1LENR_USART3EN, 1); }
inline uint32_t UartFunction(uint32_t) { return 7; }
// The AHB runs at half of the core's clock, its APBs at half of that (clock.cc).
inline uint32_t UartHz(uint32_t, const ClockPlan& plan) { return plan.clock_hz / 4; }
inline uint32_t UartDivider(uint32_t, uint32_t clock, uint32_t baud) { return UsartDivider(clock, baud); }

inline void EnableTimer() { Settle(RCC_APB1LENR_TIM2EN, 1); }
inline uint32_t CoreClocksPerTimerClock(const ClockPlan&) { return 2; }
inline void StartFamily() { EnableCaches(); }

}  // namespace hilbench

#endif
