// exp and 1/x on 32-bit fixed-point numbers, with gemmlowp's polynomials and roundings, which TFLite's results depend
// on. Qm.n has m integer bits and n = 31 - m fractional ones.
#ifndef HILBENCH_HB_FIXED_POINT_H_
#define HILBENCH_HB_FIXED_POINT_H_

#include <stdint.h>

#include "hb_requant.h"

// round(a * b / 2^31); not for both the smallest integer.
HB_INLINE int32_t hb_high_product(int32_t a, int32_t b) { return (int32_t)(((int64_t)a * b + (1LL << 30)) >> 31); }

// x * 2^bits, saturated.
HB_INLINE int32_t hb_saturating_shift(int32_t x, int bits) {
  const int32_t limit = INT32_MAX >> bits;
  return x > limit ? INT32_MAX : x < -limit - 1 ? INT32_MIN : (int32_t)((uint32_t)x << bits);
}

// e^x for x <= 0 with `integer_bits` (up to 5) integer bits, as Q0.31.
int32_t hb_exp_of_negative(int32_t x, int integer_bits);

// 1 / (1 + x) for x in [0, 1) as Q0.31.
int32_t hb_reciprocal_of_one_plus(int32_t x);

#endif
