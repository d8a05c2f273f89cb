// Clock of STM32F745/746 (RM0385, RCC, PWR, flash interface).
#include "families/stm32f7/registers.h"
#include "families/stm32/overdrive_clock.h"

namespace hilbench {

uint32_t SetClock(const ClockPlan& plan) {
  OverdriveClock family{};
  family.overdrive = PWR_CR1_ODEN;
  family.overdrive_ready = PWR_CSR1_ODRDY;
  family.overdrive_switch = PWR_CR1_ODSWEN;
  family.overdrive_switched = PWR_CSR1_ODSWRDY;
  family.scale = PWR_CR1_VOS;
  family.scale_ready = PWR_CSR1_VOSRDY;
  family.most_wait_states = 15;
  family.accelerators[0] = FLASH_ACR_ARTEN;
  family.accelerators[1] = FLASH_ACR_ARTEN;
  return SetOverdriveClock(plan, family);
}

}  // namespace hilbench
