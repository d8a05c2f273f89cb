// Two counters read as one: a fast one of 32 bits that wraps, and a slow one that counts the wraps.
#ifndef HILBENCH_WRAP_H
#define HILBENCH_WRAP_H

#include <cstdint>

namespace hilbench {

// Ticks of the fast counter between two moments. `fine` and `coarse` are differences modulo 2^32; a tick of the slow
// counter is `fine_per_coarse` of the fast one's. The slow one need be right only to less than half a wrap of the fast.
constexpr uint64_t TicksBetween(uint32_t fine, uint32_t coarse, uint32_t fine_per_coarse) {
  const uint64_t about = static_cast<uint64_t>(coarse) * fine_per_coarse;
  const uint64_t wraps = (about - fine + (1ull << 31)) >> 32;
  return (wraps << 32) + fine;
}

static_assert(TicksBetween(5, 0, 65536) == 5, "no wrap");
static_assert(TicksBetween(0xFFFFFFF0, 65535, 65536) == 0xFFFFFFF0, "nearly one");
static_assert(TicksBetween(16, 65536, 65536) == 0x100000010, "just one");
static_assert(TicksBetween(16, 65535, 65536) == 0x100000010, "just one, the slow counter a tick behind");
static_assert(TicksBetween(16, 131073, 65536) == 0x200000010, "two, the slow counter a tick ahead");

}  // namespace hilbench

#endif
