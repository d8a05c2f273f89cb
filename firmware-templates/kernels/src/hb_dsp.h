// The DSP instructions that the kernels use, each beside the C that says what it does.
//
// HB_DSP chooses the kernels' packed 16-bit form. It is on where the core has the DSP extension; -DHB_DSP=1 on another
// machine runs the same algorithms on the C definitions, which is how the host's tests see them.
#ifndef HILBENCH_HB_DSP_H_
#define HILBENCH_HB_DSP_H_

#include <stdint.h>
#include <string.h>

#if defined(__ARM_FEATURE_DSP) && defined(__thumb2__)
#define HB_DSP 1
#define HB_ARM_DSP 1
#include <arm_acle.h>
#endif

#ifndef HB_DUAL_ISSUE
#define HB_DUAL_ISSUE 0
#endif

#ifndef HB_DSP
#define HB_DSP 0
#endif

typedef uint32_t hb_pair;  // two int16, the first in the low half

#define HB_INLINE static inline __attribute__((always_inline))

// Hides from the compiler how an index came to be, so that it keeps the index and no pointers made from it.
#define HB_OPAQUE(index) __asm__("" : "+r"(index))

// Keeps the compiler from moving loads to before this place.
#define HB_IN_ORDER() __asm__ volatile("" : : : "memory")

HB_INLINE uint32_t hb_load32(const void* from) {
  uint32_t word;
  memcpy(&word, from, sizeof word);
  return word;
}

HB_INLINE void hb_store32(void* to, uint32_t word) { memcpy(to, &word, sizeof word); }

// The first `bytes` of 0..4 bytes, the others 0.
HB_INLINE uint32_t hb_load_partial(const void* from, int bytes) {
  uint32_t word = 0;
  for (int i = 0; i < bytes; i++) word |= (uint32_t)((const uint8_t*)from)[i] << (8 * i);
  return word;
}

HB_INLINE hb_pair hb_pair_of(int32_t low, int32_t high) { return ((uint32_t)low & 0xFFFFu) | ((uint32_t)high << 16); }
HB_INLINE int32_t hb_low(hb_pair p) { return (int16_t)(p & 0xFFFFu); }
HB_INLINE int32_t hb_high(hb_pair p) { return (int16_t)(p >> 16); }

#ifdef HB_ARM_DSP

HB_INLINE int32_t hb_smlad(hb_pair a, hb_pair b, int32_t sum) { return __smlad((int16x2_t)a, (int16x2_t)b, sum); }

// Bytes 0 and 2 (even) or 1 and 3 (odd), widened. The compiler's builtin cannot rotate, the instruction can.
HB_INLINE hb_pair hb_even_bytes(uint32_t bytes) { return (hb_pair)__sxtb16((int8x4_t)bytes); }
HB_INLINE hb_pair hb_odd_bytes(uint32_t bytes) {
  hb_pair r;
  __asm__("sxtb16 %0, %1, ror #8" : "=r"(r) : "r"(bytes));
  return r;
}
HB_INLINE hb_pair hb_even_bytes_plus(hb_pair offset, uint32_t bytes) {
  return (hb_pair)__sxtab16((int16x2_t)offset, (int8x4_t)bytes);
}
HB_INLINE hb_pair hb_odd_bytes_plus(hb_pair offset, uint32_t bytes) {
  hb_pair r;
  __asm__("sxtab16 %0, %1, %2, ror #8" : "=r"(r) : "r"(offset), "r"(bytes));
  return r;
}
HB_INLINE hb_pair hb_pack_lows(hb_pair a, hb_pair b) {
  hb_pair r;
  __asm__("pkhbt %0, %1, %2, lsl #16" : "=r"(r) : "r"(a), "r"(b));
  return r;
}
HB_INLINE hb_pair hb_pack_highs(hb_pair a, hb_pair b) {
  hb_pair r;
  __asm__("pkhtb %0, %1, %2, asr #16" : "=r"(r) : "r"(b), "r"(a));
  return r;
}
// sum + round(a * b / 2^32)
HB_INLINE int32_t hb_smmlar(int32_t a, int32_t b, int32_t sum) {
  int32_t r;
  __asm__("smmlar %0, %1, %2, %3" : "=r"(r) : "r"(a), "r"(b), "r"(sum));
  return r;
}
HB_INLINE int32_t hb_sat8(int32_t x) { return __ssat(x, 8); }
HB_INLINE int32_t hb_sat16(int32_t x) { return __ssat(x, 16); }
// The larger and the smaller of each of four int8.
HB_INLINE uint32_t hb_max_bytes(uint32_t a, uint32_t b) {
  __ssub8((int8x4_t)a, (int8x4_t)b);
  return (uint32_t)__sel((uint8x4_t)a, (uint8x4_t)b);
}
HB_INLINE uint32_t hb_min_bytes(uint32_t a, uint32_t b) {
  __ssub8((int8x4_t)a, (int8x4_t)b);
  return (uint32_t)__sel((uint8x4_t)b, (uint8x4_t)a);
}

#else

HB_INLINE int32_t hb_smlad(hb_pair a, hb_pair b, int32_t sum) {
  return sum + hb_low(a) * hb_low(b) + hb_high(a) * hb_high(b);
}
HB_INLINE hb_pair hb_even_bytes(uint32_t b) { return hb_pair_of((int8_t)b, (int8_t)(b >> 16)); }
HB_INLINE hb_pair hb_odd_bytes(uint32_t b) { return hb_even_bytes(b >> 8); }
HB_INLINE hb_pair hb_even_bytes_plus(hb_pair o, uint32_t b) {
  return hb_pair_of(hb_low(o) + (int8_t)b, hb_high(o) + (int8_t)(b >> 16));
}
HB_INLINE hb_pair hb_odd_bytes_plus(hb_pair o, uint32_t b) { return hb_even_bytes_plus(o, b >> 8); }
HB_INLINE hb_pair hb_pack_lows(hb_pair a, hb_pair b) { return (a & 0xFFFFu) | (b << 16); }
HB_INLINE hb_pair hb_pack_highs(hb_pair a, hb_pair b) { return (a >> 16) | (b & 0xFFFF0000u); }
HB_INLINE int32_t hb_smmlar(int32_t a, int32_t b, int32_t sum) {
  return sum + (int32_t)(((int64_t)a * b + 0x80000000LL) >> 32);
}
HB_INLINE int32_t hb_sat8(int32_t x) { return x < -128 ? -128 : x > 127 ? 127 : x; }
HB_INLINE int32_t hb_sat16(int32_t x) { return x < -32768 ? -32768 : x > 32767 ? 32767 : x; }

HB_INLINE uint32_t hb_choose_bytes(uint32_t a, uint32_t b, int larger) {
  uint32_t r = 0;
  for (int i = 0; i < 32; i += 8) {
    const int a_is_larger = (int8_t)(a >> i) > (int8_t)(b >> i);
    r |= ((a_is_larger == larger ? a : b) >> i & 0xFFu) << i;
  }
  return r;
}
HB_INLINE uint32_t hb_max_bytes(uint32_t a, uint32_t b) { return hb_choose_bytes(a, b, 1); }
HB_INLINE uint32_t hb_min_bytes(uint32_t a, uint32_t b) { return hb_choose_bytes(a, b, 0); }

#endif

#endif
