#include "buffers.h"

#include <stdio.h>
#include <stdlib.h>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(address, size) ((void)(address), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(address, size) ((void)(address), (void)(size))
#endif

enum { kGuard = 32, kMost = 16, kPool = 512 * 1024 };

static const uint8_t kPattern = 0xA5;

static uint8_t pool[kPool] __attribute__((aligned(64)));
static size_t used;
static struct { size_t at, bytes; } taken[kMost];
static int count;

static uint64_t state;

static uint32_t next(void) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(state >> 33);
}

uint32_t random_below(uint32_t limit) { return next() % limit; }
int32_t random_in(int32_t low, int32_t high) { return low + (int32_t)random_below((uint32_t)(high - low + 1)); }
int chance(uint32_t percent) { return random_below(100) < percent; }

void buffers_reset(uint32_t seed) {
  state = seed * 0x9E3779B97F4A7C15u + 1;
  for (int i = 0; i < 4; i++) next();
  ASAN_UNPOISON_MEMORY_REGION(pool, sizeof pool);
  used = 0;
  count = 0;
}

void* buffer(size_t bytes, size_t alignment) {
  size_t at = (used + kGuard + 7) & ~(size_t)7;
  if (alignment < 4) at += random_below(4);
  if (count == kMost || at + bytes + 2 * kGuard > sizeof pool) {
    fprintf(stderr, "fuzz: %zu bytes do not fit the pool\n", bytes);
    exit(2);
  }
  ASAN_UNPOISON_MEMORY_REGION(pool + used, at + bytes + kGuard - used);
  for (size_t i = used; i < at; i++) pool[i] = kPattern;
  for (size_t i = 0; i < kGuard; i++) pool[at + bytes + i] = kPattern;
  ASAN_POISON_MEMORY_REGION(pool + used, at - used);
  ASAN_POISON_MEMORY_REGION(pool + at + bytes, kGuard);
  taken[count].at = at;
  taken[count].bytes = bytes;
  count++;
  used = at + bytes;
  return pool + at;
}

static int zone_intact(size_t from, size_t to) {
  ASAN_UNPOISON_MEMORY_REGION(pool + from, to - from);
  for (size_t i = from; i < to; i++) {
    if (pool[i] != kPattern) return 0;
  }
  return 1;
}

int buffers_intact(void) {
  size_t from = 0;
  for (int i = 0; i < count; i++) {
    if (!zone_intact(from, taken[i].at)) return 0;
    from = taken[i].at + taken[i].bytes;
  }
  return zone_intact(from, from + kGuard);
}
