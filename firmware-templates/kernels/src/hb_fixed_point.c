#include "hb_fixed_point.h"

// e^x on [-1/4, 0): Taylor around -1/8 to the fourth order, the fourth term with a third's precision of the third.
static int32_t exp_in_last_quarter(int32_t x) {
  static const int32_t kExpOfMinusEighth = 1895147668, kThird = 715827883;
  const int32_t y = x + (1 << 28);
  const int32_t y2 = hb_high_product(y, y), y3 = hb_high_product(y2, y), y4 = hb_high_product(y2, y2);
  const int32_t cubic = hb_high_product(hb_divide_by_power(y4, 2) + y3, kThird) + y2;
  return kExpOfMinusEighth + hb_high_product(kExpOfMinusEighth, y + hb_divide_by_power(cubic, 1));
}

int32_t hb_exp_of_negative(int32_t x, int integer_bits) {
  // e^-(2^i) for i = -2 .. 4
  static const int32_t kPowers[] = {1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242};
  if (x == 0) return INT32_MAX;
  const int fraction_bits = 31 - integer_bits;
  const int32_t quarter = 1 << (fraction_bits - 2);
  const int32_t last_quarter = (x & (quarter - 1)) - quarter;
  const int32_t rest = last_quarter - x;
  int32_t result = exp_in_last_quarter(hb_saturating_shift(last_quarter, integer_bits));
  for (int i = 0; i < integer_bits + 2; i++) {
    if (rest & (quarter << i)) result = hb_high_product(result, kPowers[i]);
  }
  return result;
}

int32_t hb_reciprocal_of_one_plus(int32_t x) {
  // Newton's method on half the denominator, from 48/17 - 32/17 d; the estimate is Q2.29.
  static const int32_t k48Over17 = 1515870810, kMinus32Over17 = -1010580540;
  const int32_t half = (int32_t)(((int64_t)x + INT32_MAX + 1) / 2);
  int32_t estimate = k48Over17 + hb_high_product(half, kMinus32Over17);
  for (int i = 0; i < 3; i++) {
    const int32_t error = (1 << 29) - hb_high_product(half, estimate);
    estimate += hb_saturating_shift(hb_high_product(estimate, error), 2);
  }
  return hb_saturating_shift(estimate, 1);
}
