// Buffers between guard zones: a kernel that writes outside its buffers is caught by their pattern, on the host also
// one that reads there (AddressSanitizer).
#ifndef HILBENCH_FUZZ_BUFFERS_H_
#define HILBENCH_FUZZ_BUFFERS_H_

#include <stddef.h>
#include <stdint.h>

void buffers_reset(uint32_t seed);  // forgets all buffers; the same seed gives the same numbers
void* buffer(size_t bytes, size_t alignment);
int buffers_intact(void);

uint32_t random_below(uint32_t limit);
int32_t random_in(int32_t low, int32_t high);  // inclusive
int chance(uint32_t percent);

#endif
