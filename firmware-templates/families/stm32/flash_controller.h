// What the flash controllers of all these STM32 families have in common (RM0090, flash: unlocking FLASH_CR).
#ifndef HILBENCH_FAMILIES_STM32_FLASH_CONTROLLER_H
#define HILBENCH_FAMILIES_STM32_FLASH_CONTROLLER_H

#include "families/flash.h"
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

// Unlocks a controller once it is idle and clears the flags of kFlash, which ones in this register do; nullptr, or why
// not.
inline const char* OpenController(uint32_t keys, BitField lock, BitField busy, uint32_t flags) {
  const char* why = Unlock(keys, lock);
  if (why != nullptr) return why;
  if (!Await(busy, 0)) return "the flash controller is busy";
  for (size_t i = 0; i < kFlash.flag_count; i++) At(flags) = kFlash.flags[i].mask;
  return nullptr;
}

// Empties a cache, which may be reset while it is off, and turns it on.
inline void RestartCache(BitField on, BitField reset) {
  Write(on, 0);
  Write(reset, 1);
  Write(reset, 0);
  Write(on, 1);
}

}  // namespace hilbench

#endif
