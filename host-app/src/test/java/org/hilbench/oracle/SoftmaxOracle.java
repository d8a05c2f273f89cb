package org.hilbench.oracle;

import org.hilbench.oracle.FixedPoint.Multiplier;

/** Softmax in fixed point: differences in 5 integer bits, their exponentials summed in 12. */
final class SoftmaxOracle {
  private static final int DIFFERENCE_BITS = 5;
  private static final int SUM_BITS = 12;

  private SoftmaxOracle() {}

  /** One vector of logits; the output's scale is 1/256 and its zero point -128. */
  static byte[] run(byte[] logits, float scale) {
    double real = Math.min((double) scale * (1 << (31 - DIFFERENCE_BITS)), (1L << 31) - 1.0);
    Multiplier factor = Multiplier.of(real);
    double reach = 31.0 * (1 << (31 - DIFFERENCE_BITS)) / (1L << factor.shift());
    int lowest = -(int) Math.floor(reach);
    int largest = -128;
    for (byte logit : logits) {
      largest = Math.max(largest, logit);
    }
    int sum = 0;
    for (byte logit : logits) {
      if (logit - largest >= lowest) {
        sum += FixedPoint.shiftRight(exp(logit - largest, factor), SUM_BITS);
      }
    }
    int leadingZeros = Integer.numberOfLeadingZeros(sum);
    int reciprocal = FixedPoint.oneOverOnePlus((sum << leadingZeros) - (1 << 31));
    int shift = SUM_BITS - leadingZeros + 31 - 8;
    byte[] result = new byte[logits.length];
    for (int i = 0; i < result.length; i++) {
      int difference = logits[i] - largest;
      int value = -128;
      if (difference >= lowest) {
        int share = FixedPoint.highProduct(reciprocal, exp(difference, factor));
        value += FixedPoint.shiftRight(share, shift);
      }
      result[i] = (byte) Math.max(-128, Math.min(127, value));
    }
    return result;
  }

  private static int exp(int difference, Multiplier factor) {
    return FixedPoint.expOfNegative(factor.times(difference));
  }
}
