// The lock of an STM32's flash controller, the same in all of these families (RM0090, flash: unlocking FLASH_CR).
#ifndef HILBENCH_FAMILIES_STM32_FLASH_LOCK_H
#define HILBENCH_FAMILIES_STM32_FLASH_LOCK_H

#include "families/register.h"

namespace hilbench {

inline void CompleteWrites() { __asm__ volatile("dsb" ::: "memory"); }

// nullptr, or why not. A lock that cannot be closed is none: simulators without a controller answer 0 everywhere.
inline const char* Unlock(uint32_t keys, BitField lock) {
  constexpr uint32_t kFirstKey = 0x45670123;
  constexpr uint32_t kSecondKey = 0xCDEF89AB;
  if (!Settle(lock, 1)) return "the flash controller does not answer";
  At(keys) = kFirstKey;
  At(keys) = kSecondKey;
  return Read(lock) == 0 ? nullptr : "the flash controller does not unlock before the next reset";
}

}  // namespace hilbench

#endif
