#include "hb_fixed_point.h"

// Differences to the largest input are scaled to Q5.26; the sum of their exponentials is Q12.19.
enum { kDifferenceBits = 5, kSumBits = 12 };

static int32_t exponential(const hb_softmax_params* p, int32_t difference) {
  const int32_t shifted = (int32_t)((uint32_t)difference << p->left_shift);
  return hb_exp_of_negative(hb_high_product(shifted, p->multiplier), kDifferenceBits);
}

static int32_t largest_of(const int8_t* values, int32_t count) {
  int32_t largest = values[0];
  for (int32_t i = 1; i < count; i++) largest = values[i] > largest ? values[i] : largest;
  return largest;
}

static void softmax_row(const hb_softmax_params* p, const int8_t* in, int8_t* out) {
  const int32_t largest = largest_of(in, p->depth);
  int32_t sum = 0;
  for (int32_t i = 0; i < p->depth; i++) {
    const int32_t difference = in[i] - largest;
    if (difference >= p->diff_min) sum += hb_divide_by_power(exponential(p, difference), kSumBits);
  }
  const int leading = __builtin_clz((uint32_t)sum);
  const int32_t scale = hb_reciprocal_of_one_plus((int32_t)(((uint32_t)sum << leading) - (1u << 31)));
  const int32_t exponent = kSumBits - leading + 31 - 8;
  for (int32_t i = 0; i < p->depth; i++) {
    const int32_t difference = in[i] - largest;
    int32_t value = -128;
    if (difference >= p->diff_min) {
      value += hb_divide_by_power(hb_high_product(scale, exponential(p, difference)), exponent);
    }
    out[i] = (int8_t)hb_sat8(value);
  }
}

void hb_softmax_s8(const hb_softmax_params* p, const int8_t* in, int8_t* out) {
  for (int32_t row = 0; row < p->rows; row++) softmax_row(p, in + row * p->depth, out + row * p->depth);
}
