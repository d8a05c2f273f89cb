package org.hilbench.reference;

/**
 * A positive real factor as {@code mantissa * 2^(shift - 31)}, as TensorFlow Lite's {@code
 * QuantizeMultiplier} makes it of a double: the mantissa is in [2^30, 2^31), or both are 0.
 */
record Factor(int mantissa, int shift) {
  private static final int SMALLEST_SHIFT = -31;

  /** From here on the rounded upper half would not fit 16 bits. */
  private static final int LARGEST_TO_ROUND = 0x7fff0000;

  static Factor of(double real) {
    if (!(real > 0) || Double.isInfinite(real)) {
      throw new IllegalArgumentException("factor " + real + " is not a positive number");
    }
    int shift = Math.getExponent(real) + 1;
    long mantissa = Math.round(Math.scalb(real, 31 - shift));
    if (mantissa == 1L << 31) {
      mantissa /= 2;
      shift++;
    }
    return shift < SMALLEST_SHIFT ? new Factor(0, 0) : new Factor((int) mantissa, shift);
  }

  /**
   * gemmlowp's double rounding: the high product to nearest, then the shift to nearest, ties away
   * from zero.
   */
  int times(int value) {
    int left = value << Math.max(0, shift);
    int high = (int) (((long) left * mantissa + (1L << 30)) >> 31);
    int bits = Math.max(0, -shift);
    int mask = (int) ((1L << bits) - 1);
    int threshold = (mask >> 1) + (high < 0 ? 1 : 0);
    return (high >> bits) + ((high & mask) > threshold ? 1 : 0);
  }

  /**
   * As the 16x8 kernels scale a 64-bit sum: by the mantissa's upper 16 bits, rounded, then one
   * shift, ties up.
   */
  int timesWide(long value) {
    long upper = mantissa < LARGEST_TO_ROUND ? (mantissa + (1 << 15)) >> 16 : 0x7fff;
    int bits = 15 - shift;
    return (int) ((value * upper + (1L << (bits - 1))) >> bits);
  }
}
