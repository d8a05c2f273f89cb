// From a 32-bit sum to an 8-bit output: gemmlowp's double rounding, as TFLite's reference kernels do it.
#ifndef HILBENCH_HB_REQUANT_H_
#define HILBENCH_HB_REQUANT_H_

#include "hb_dsp.h"
#include "hb_kernels.h"

// MultiplyByQuantizedMultiplier, for any multiplier and shift.
int32_t hb_multiply_exact(int32_t sum, int32_t multiplier, int32_t shift);

// round(x / 2^exponent), ties away from zero.
HB_INLINE int32_t hb_divide_by_power(int32_t x, int32_t exponent) {
  const int32_t mask = (int32_t)((1u << exponent) - 1);
  const int32_t threshold = (mask >> 1) + (x < 0);
  return (x >> exponent) + ((x & mask) > threshold);
}

// One channel's constants in the order the short sequence takes them. `round` holds both the half that rounds the last
// shift and the output's zero point, so that neither costs an instruction of its own.
typedef struct {
  int32_t multiplier, round, exponent;
} hb_scale;

// What hb_scale_at reads, held in locals.
typedef struct {
  const int32_t *multiplier, *shift;
  int32_t twice_zero_point_plus_one;
} hb_scales;

HB_INLINE hb_scales hb_scales_of(const hb_requant* r) {
  hb_scales s = {r->multiplier, r->shift, 2 * r->zero_point + 1};
  return s;
}

HB_INLINE hb_scale hb_scale_at(const hb_scales* scales, int32_t channel) {
  const int32_t exponent = -scales->shift[channel];
  hb_scale s = {scales->multiplier[channel], (int32_t)((uint32_t)scales->twice_zero_point_plus_one << (exponent - 1)),
                exponent};
  return s;
}

HB_INLINE hb_scale hb_scale_of(const hb_requant* r, int32_t channel) {
  const hb_scales scales = hb_scales_of(r);
  return hb_scale_at(&scales, channel);
}

// The short sequence (hb_requant_is_fast). Adding the sum's sign makes ties go away from zero; where the first rounding
// already gave 0, the half absorbs it.
HB_INLINE int32_t hb_scaled(int32_t sum, hb_scale s) {
  return hb_sat8(hb_smmlar(sum * 2, s.multiplier, s.round + (sum >> 31)) >> s.exponent);
}

// One sum by the short sequence or the long one.
HB_INLINE int32_t hb_requantized(const hb_requant* r, int32_t channel, int32_t sum) {
  if (r->fast) return hb_scaled(sum, hb_scale_of(r, channel));
  return hb_sat8(hb_multiply_exact(sum, r->multiplier[channel], r->shift[channel]) + r->zero_point);
}

// int16 outputs: TFLite rounds the multiplier to 16 bits and the shifted product once.
HB_INLINE int32_t hb_multiplier_s16(const hb_requant* r, int32_t channel) {
  const int32_t m = r->multiplier[channel];
  return m < 0x7FFF0000 ? (m + (1 << 15)) >> 16 : 0x7FFF;
}

HB_INLINE int16_t hb_requantized_s16(const hb_requant* r, int32_t channel, int64_t sum) {
  const int32_t shift = 15 - r->shift[channel];
  const int64_t product = sum * hb_multiplier_s16(r, channel) + ((int64_t)1 << (shift - 1));
  const int32_t value = (int32_t)(product >> shift);
  return (int16_t)(value < r->min ? r->min : value > r->max ? r->max : value);
}

// Where a shift of 16 to 32 bits leaves the rounded product (the requant is fast), one instruction gives it.
HB_INLINE int32_t hb_scale_s16_of(const hb_requant* r, int32_t channel) {
  return hb_multiplier_s16(r, channel) << (17 + r->shift[channel]);
}
HB_INLINE int16_t hb_scaled_s16(int32_t sum, int32_t scale) { return (int16_t)hb_sat16(hb_smmlar(sum, scale, 0)); }

int hb_shifts_s16_are_fast(const hb_requant* r, int32_t scales);
void hb_clamp_s16(int16_t* values, size_t count, int32_t min, int32_t max);

// Saturation to int8 has been done; narrows further to a fused activation's range, whole tensors at a time.
void hb_clamp_s8(int8_t* values, size_t count, int32_t min, int32_t max);

#endif
