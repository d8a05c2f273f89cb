package org.hilbench.oracle;

/** 32-bit fixed-point arithmetic, as gemmlowp's {@code fixedpoint.h} defines it. */
final class FixedPoint {
  private FixedPoint() {}

  /** A real factor as {@code mantissa * 2^(shift - 31)}, the mantissa in [2^30, 2^31). */
  record Multiplier(int mantissa, int shift) {
    static Multiplier of(double real) {
      if (real == 0) {
        return new Multiplier(0, 0);
      }
      int shift = Math.getExponent(real) + 1;
      long mantissa = Math.round(Math.scalb(real, 31 - shift));
      if (mantissa == 1L << 31) {
        mantissa /= 2;
        shift++;
      }
      return shift < -31 ? new Multiplier(0, 0) : new Multiplier((int) mantissa, shift);
    }

    /**
     * As TensorFlow Lite scales a 64-bit sum of its 16x8 kernels: by the mantissa's upper 16 bits,
     * rounded, then one shift that rounds ties up.
     */
    int timesWide(long value) {
      long upper = mantissa < 0x7fff0000 ? (mantissa + (1 << 15)) >> 16 : 0x7fff;
      int bits = 15 - shift;
      return (int) ((value * upper + (1L << (bits - 1))) >> bits);
    }

    /** High product rounded, then the shift rounded again: gemmlowp's double rounding. */
    int times(int value) {
      int left = Math.max(shift, 0);
      int right = Math.max(-shift, 0);
      return shiftRight(highProduct(value << left, mantissa), right);
    }
  }

  /** {@code 2 a b / 2^32}, to nearest, ties away from zero; saturates only at -1 times -1. */
  static int highProduct(int a, int b) {
    if (a == Integer.MIN_VALUE && b == Integer.MIN_VALUE) {
      return Integer.MAX_VALUE;
    }
    long product = (long) a * b;
    long nudge = product >= 0 ? 1L << 30 : 1 - (1L << 30);
    return (int) ((product + nudge) / (1L << 31));
  }

  /** Division by {@code 2^bits}, to nearest, ties away from zero. */
  static int shiftRight(int value, int bits) {
    int mask = (int) ((1L << bits) - 1);
    int remainder = value & mask;
    int threshold = (mask >> 1) + (value < 0 ? 1 : 0);
    return (value >> bits) + (remainder > threshold ? 1 : 0);
  }

  /** Product with {@code 2^bits}, saturating. */
  static int shiftLeft(int value, int bits) {
    long wide = (long) value << bits;
    return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, wide));
  }

  /** {@code exp(x)} for {@code x = raw / 2^26 <= 0}, as a fraction of 2^31. */
  static int expOfNegative(int raw) {
    if (raw == 0) {
      return Integer.MAX_VALUE;
    }
    int quarter = 1 << 24;
    int withinQuarter = (raw & (quarter - 1)) - quarter;
    int remainder = withinQuarter - raw;
    int result = expNearZero(shiftLeft(withinQuarter, 5));
    // exp(-2^e) for e = -2, -1, 0 ... 4
    int[] factors = {1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242};
    for (int i = 0; i < factors.length; i++) {
      if ((remainder & (1 << (24 + i))) != 0) {
        result = highProduct(result, factors[i]);
      }
    }
    return result;
  }

  /** {@code exp(x)} for x in [-1/4, 0): a Taylor polynomial of degree four around -1/8. */
  private static int expNearZero(int a) {
    int expOfMinusEighth = 1895147668;
    int third = 715827883;
    int x = a + (1 << 28);
    int x2 = highProduct(x, x);
    int x3 = highProduct(x2, x);
    int x4 = highProduct(x2, x2);
    int tail = highProduct(shiftRight(x4, 2) + x3, third) + x2;
    return expOfMinusEighth + highProduct(expOfMinusEighth, x + shiftRight(tail, 1));
  }

  /** {@code 1 / (1 + x)} for x in [0, 1) as fractions of 2^31: three Newton steps. */
  static int oneOverOnePlus(int x) {
    int half = (int) (((long) x + Integer.MAX_VALUE + 1) / 2);
    int estimate = 1515870810 + highProduct(half, -1010580540);
    for (int step = 0; step < 3; step++) {
      int rest = (1 << 29) - highProduct(half, estimate);
      estimate += shiftLeft(highProduct(estimate, rest), 2);
    }
    return shiftLeft(estimate, 1);
  }
}
