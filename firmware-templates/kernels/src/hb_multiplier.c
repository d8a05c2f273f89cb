#include <string.h>

#include "hb_kernels.h"

// A positive float as mantissa * 2^exponent, the mantissa of 24 bits.
typedef struct {
  uint32_t mantissa;
  int32_t exponent;
} parts;

static parts parts_of(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  parts p = {bits & 0x7FFFFF, (int32_t)(bits >> 23 & 0xFF)};
  if (p.exponent) {
    p.mantissa |= 0x800000;
  } else {
    p.exponent = 1;
  }
  while (p.mantissa && !(p.mantissa >> 23)) p.mantissa <<= 1, p.exponent--;
  p.exponent -= 127 + 23;
  return p;
}

// What a double holds, and the bit that rounds it.
enum { kDoubleBits = 53, kMultiplierBits = 31 };

hb_multiplier hb_multiplier_of(float a, float b, float c, int32_t power) {
  const parts pa = parts_of(a), pb = parts_of(b), pc = parts_of(c);
  const uint64_t product = (uint64_t)pa.mantissa * pb.mantissa;
  const hb_multiplier none = {0, 0};
  if (product == 0) return none;
  // The quotient's bits one after the other, until there is one more than a double's.
  uint64_t quotient = 0;
  uint32_t rest = 0;
  int32_t bit = 48;
  while (!(quotient >> kDoubleBits)) {
    bit--;
    rest = rest << 1 | (bit >= 0 ? (uint32_t)(product >> bit & 1) : 0);
    quotient <<= 1;
    if (rest >= pc.mantissa) rest -= pc.mantissa, quotient |= 1;
  }
  // To a double, ties to even, then to 31 bits, ties up.
  const int up = (quotient & 1) && (rest || quotient & 2);
  quotient = (quotient >> 1) + (uint64_t)up;
  quotient = (quotient + (1u << (kDoubleBits - kMultiplierBits - 1))) >> (kDoubleBits - kMultiplierBits);
  int32_t shift = pa.exponent + pb.exponent - pc.exponent + power + bit + 1 + kDoubleBits;
  if (quotient >> kMultiplierBits) quotient >>= 1, shift++;
  // All bits of a smaller product are shifted out.
  if (shift < -31) return none;
  const hb_multiplier m = {(int32_t)quotient, shift};
  return m;
}
