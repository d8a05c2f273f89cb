#include "hb_requant.h"

static int32_t saturated16(int32_t x) { return x > INT16_MAX ? INT16_MAX : x < INT16_MIN ? INT16_MIN : x; }

// round(a * b / 2^15) of 16-bit numbers.
static int32_t high_product16(int32_t a, int32_t b) { return saturated16((a * b + (1 << 14)) >> 15); }

// x * min(max(x + 3, 0), 6) / 6 in 16 bits, as TFLite's reference kernel rounds it: the factor in [0, 1] first, 3
// standing for 2^15 and saturating, then its product with x on the output's scale before the last shift.
static int32_t hard_swish(const hb_hard_swish_params* p, int32_t input) {
  const int32_t x = input * (1 << 7);
  int32_t factor = x;
  if (p->reluish_exponent > 0) factor = saturated16(x * (1 << (p->reluish_exponent - 1)));
  factor = high_product16(factor, p->reluish_multiplier);
  if (p->reluish_exponent > 0) factor = saturated16(factor * 2);
  if (p->reluish_exponent < 0) factor = hb_divide_by_power(factor, -p->reluish_exponent);
  factor = (factor + (1 << 15)) >> 1;
  const int32_t product = factor * high_product16(x, p->output_multiplier) / (1 << 15);
  return hb_sat8(hb_divide_by_power(product, -p->output_exponent) + p->output_zero_point);
}

void hb_hard_swish_table(const hb_hard_swish_params* p, int8_t table[256]) {
  for (int32_t i = 0; i < 256; i++) table[i] = (int8_t)hard_swish(p, i - 128 - p->input_zero_point);
}

void hb_rescale_table(const hb_rescale_params* p, int8_t table[256]) {
  for (int32_t i = 0; i < 256; i++) {
    const int32_t value = hb_multiply_exact(i - 128 - p->input_zero_point, p->multiplier, p->shift);
    table[i] = (int8_t)hb_sat8(value + p->output_zero_point);
  }
  hb_clamp_s8(table, 256, p->min, p->max);
}

void hb_lookup_s8(const int8_t table[256], const int8_t* in, int8_t* out, size_t count) {
  const int8_t* const centre = table + 128;
  for (size_t i = 0; i < count; i++) out[i] = centre[in[i]];
}
