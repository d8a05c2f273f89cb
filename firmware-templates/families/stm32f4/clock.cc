// Clock of STM32F405/407 (RM0090, RCC, PWR, flash interface) and STM32F446 (RM0390).
#include "families/stm32f4/registers.h"
#include "families/stm32/overdrive_clock.h"

namespace hilbench {

uint32_t SetClock(const ClockPlan& plan) {
  OverdriveClock family{};
  family.overdrive = PWR_CR_ODEN;
  family.overdrive_ready = PWR_CSR_ODRDY;
  family.overdrive_switch = PWR_CR_ODSWEN;
  family.overdrive_switched = PWR_CSR_ODSWRDY;
  family.scale = plan.vosbits == 1 ? kVosOneBit : PWR_CR_VOS;
  family.scale_ready = PWR_CSR_VOSRDY;
  family.most_wait_states = 7;
  family.accelerators[0] = FLASH_ACR_ICEN;
  family.accelerators[1] = FLASH_ACR_DCEN;
  return SetOverdriveClock(plan, family);
}

}  // namespace hilbench
