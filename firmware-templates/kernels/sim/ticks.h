// Executed instructions, from the CMSDK timer of QEMU's MPS2 machines under `-icount shift=6`: 64 ns an instruction.
#ifndef HILBENCH_SIM_TICKS_H_
#define HILBENCH_SIM_TICKS_H_

#include <stdint.h>

#ifdef HB_MPS2_AN505
#define HB_TIMER ((volatile uint32_t*)0x50000000)
#define HB_TICK_NS 50
#else
#define HB_TIMER ((volatile uint32_t*)0x40000000)
#define HB_TICK_NS 40
#endif

static inline void hb_ticks_start(void) {
  HB_TIMER[2] = 0xFFFFFFFFu;  // reload
  HB_TIMER[1] = 0xFFFFFFFFu;  // value
  HB_TIMER[0] = 1;            // enable
}

static inline uint32_t hb_ticks(void) { return ~HB_TIMER[1]; }

static inline uint32_t hb_instructions(uint32_t from, uint32_t to) {
  return (uint32_t)((uint64_t)(to - from) * HB_TICK_NS / 64);
}

#endif
