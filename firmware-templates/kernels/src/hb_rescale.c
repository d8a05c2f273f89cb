#include "hb_requant.h"

// QUANTIZE between int8 and int16. One high product rounds, as in hb_scaled; where the factor needs a left shift (int8
// to int16) that is all, where it needs a right shift (int16 to int8) the half that rounds it is added with it.

// Differences of a value and a zero point have at most 17 bits: with these shifts, sums stay inside 32.
enum { kLargestLeftShift = 13, kLargestRightShift = 14 };

typedef struct {
  int32_t zero_point, multiplier, left, round, right, sign;
  int32_t fast;
} rescale_pass;

static rescale_pass pass_of(const hb_rescale_params* p, int32_t lowest, int32_t highest) {
  rescale_pass r = {p->input_zero_point, p->multiplier, 1, p->output_zero_point, 0, 0, 0};
  r.fast = p->shift <= kLargestLeftShift && p->shift >= -kLargestRightShift && p->min == lowest && p->max == highest;
  if (p->shift >= 0) {
    r.left += p->shift;
  } else {
    r.right = -p->shift;
    r.round = (int32_t)((uint32_t)(2 * p->output_zero_point + 1) << (r.right - 1));
    r.sign = -1;
  }
  return r;
}

HB_INLINE int32_t rescaled(const rescale_pass* r, int32_t value) {
  const int32_t x = value - r->zero_point;
  return hb_smmlar((int32_t)((uint32_t)x << r->left), r->multiplier, r->round + (x >> 31 & r->sign)) >> r->right;
}

static int32_t rescaled_exactly(const hb_rescale_params* p, int32_t value) {
  const int32_t x = hb_multiply_exact(value - p->input_zero_point, p->multiplier, p->shift) + p->output_zero_point;
  return x < p->min ? p->min : x > p->max ? p->max : x;
}

void hb_rescale_s8_s16(const hb_rescale_params* p, const int8_t* in, int16_t* out, size_t count) {
  const rescale_pass r = pass_of(p, INT16_MIN, INT16_MAX);
  for (size_t i = 0; i < count; i++) {
    out[i] = (int16_t)(r.fast ? hb_sat16(rescaled(&r, in[i])) : rescaled_exactly(p, in[i]));
  }
}

void hb_rescale_s16_s8(const hb_rescale_params* p, const int16_t* in, int8_t* out, size_t count) {
  const rescale_pass r = pass_of(p, INT8_MIN, INT8_MAX);
  for (size_t i = 0; i < count; i++) {
    out[i] = (int8_t)(r.fast ? hb_sat8(rescaled(&r, in[i])) : rescaled_exactly(p, in[i]));
  }
}

void hb_rescale_s16(const hb_rescale_params* p, const int16_t* in, int16_t* out, size_t count) {
  const rescale_pass r = pass_of(p, INT16_MIN, INT16_MAX);
  for (size_t i = 0; i < count; i++) {
    out[i] = (int16_t)(r.fast ? hb_sat16(rescaled(&r, in[i])) : rescaled_exactly(p, in[i]));
  }
}
