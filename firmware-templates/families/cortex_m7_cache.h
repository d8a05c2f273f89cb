// Caches of a Cortex-M7 (Armv7-M Architecture Reference Manual, cache maintenance; DDI 0489).
#ifndef HILBENCH_FAMILIES_CORTEX_M7_CACHE_H
#define HILBENCH_FAMILIES_CORTEX_M7_CACHE_H

#include "families/register.h"

namespace hilbench {

constexpr uint32_t kCcr = 0xE000ED14;
constexpr BitField kDataCache = {kCcr, 16, 1};
constexpr BitField kInstructionCache = {kCcr, 17, 1};
constexpr BitField kSets = {0xE000ED80, 13, 15};
constexpr BitField kWays = {0xE000ED80, 3, 10};
constexpr uint32_t kSelectCache = 0xE000ED84;
constexpr uint32_t kInvalidateInstructions = 0xE000EF50;
constexpr uint32_t kInvalidateDataSetWay = 0xE000EF60;

constexpr uint32_t kInvalidateDataByAddress = 0xE000EF5C;

inline void Barrier() { __asm__ volatile("dsb\nisb" ::: "memory"); }

// Both caches, each invalidated before it is enabled: their contents after reset are unknown.
inline void EnableCaches() {
  At(kInvalidateInstructions) = 0;
  Barrier();
  Write(kInstructionCache, 1);
  Barrier();
  if (Read(kDataCache) != 0) {
    return;  // on already, with live data in it
  }
  At(kSelectCache) = 0;
  Barrier();
  for (uint32_t set = 0; set <= Read(kSets); set++) {
    for (uint32_t way = 0; way <= Read(kWays); way++) {
      At(kInvalidateDataSetWay) = (way << 30) | (set << 5);
    }
  }
  Barrier();
  Write(kDataCache, 1);
  Barrier();
}

// The data cache holds nothing of these bytes any more. They must be of memory that is written through, such as flash.
inline void ForgetData(uint32_t address, uint32_t bytes) {
  constexpr uint32_t kLine = 32;
  Barrier();
  for (uint32_t at = address / kLine * kLine; at < address + bytes; at += kLine) {
    At(kInvalidateDataByAddress) = at;
  }
  Barrier();
}

}  // namespace hilbench

#endif
