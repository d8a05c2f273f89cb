#include "hb_requant.h"

enum { kLargestFoldedExponent = 22, kLargestFastSum = 1 << 30 };

int32_t hb_multiply_exact(int32_t sum, int32_t multiplier, int32_t shift) {
  const int32_t left = shift > 0 ? shift : 0;
  const int32_t x = (int32_t)((uint32_t)sum << left);
  const int32_t high = (int32_t)(((int64_t)x * multiplier + (1LL << 30)) >> 31);
  return hb_divide_by_power(high, left - shift);
}

int hb_requant_is_fast(const hb_requant* r, int32_t scales, const int32_t* bias, int32_t channels, int32_t terms) {
  for (int32_t i = 0; i < scales; i++) {
    if (r->shift[i] > -1 || r->shift[i] < -kLargestFoldedExponent) return 0;
  }
  int64_t largest = 0;
  for (int32_t i = 0; bias && i < channels; i++) {
    const int64_t magnitude = bias[i] < 0 ? -(int64_t)bias[i] : bias[i];
    if (magnitude > largest) largest = magnitude;
  }
  return largest + (int64_t)terms * 255 * 128 < kLargestFastSum;
}

void hb_clamp_s8(int8_t* values, size_t count, int32_t min, int32_t max) {
  if (min <= -128 && max >= 127) return;
#if HB_DSP
  const uint32_t mins = (uint8_t)min * 0x01010101u, maxs = (uint8_t)max * 0x01010101u;
  for (; count >= 4; count -= 4, values += 4) {
    const uint32_t clamped = hb_min_bytes(hb_max_bytes(hb_load32(values), mins), maxs);
    memcpy(values, &clamped, sizeof clamped);
  }
#endif
  for (size_t i = 0; i < count; i++) {
    if (values[i] < min) values[i] = (int8_t)min;
    if (values[i] > max) values[i] = (int8_t)max;
  }
}

int hb_shifts_s16_are_fast(const hb_requant* r, int32_t scales) {
  for (int32_t i = 0; i < scales; i++) {
    if (r->shift[i] > -1 || r->shift[i] < -17) return 0;
  }
  return 1;
}

void hb_clamp_s16(int16_t* values, size_t count, int32_t min, int32_t max) {
  if (min <= INT16_MIN && max >= INT16_MAX) return;
  for (size_t i = 0; i < count; i++) {
    if (values[i] < min) values[i] = (int16_t)min;
    if (values[i] > max) values[i] = (int16_t)max;
  }
}
