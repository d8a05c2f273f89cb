package org.hilbench.reference;

import java.util.List;

/**
 * The arithmetic of a FULLY_CONNECTED layer in TensorFlow Lite Micro: sums that wrap at 32 bits, or
 * 64-bit ones for int16 activations, scaled in fixed point.
 *
 * @param outputs of one row of inputs
 * @param depth inputs of one row
 * @param inputOffset the negated zero point; so is the weights', which is 0 for int4 and int16
 * @param factors one, or one for each output
 * @param least of the fused activation
 * @param most of the fused activation
 */
record Dense(
    int outputs,
    int depth,
    int inputOffset,
    int weightOffset,
    int zeroPoint,
    List<Factor> factors,
    int least,
    int most) {
  Dense {
    factors = List.copyOf(factors);
  }

  byte[] int8(byte[] input, byte[] weights, int[] bias) {
    byte[] result = new byte[input.length / depth * outputs];
    for (int i = 0; i < result.length; i++) {
      int output = i % outputs;
      int from = i / outputs * depth;
      int row = output * depth;
      int sum = bias[output];
      for (int k = 0; k < depth; k++) {
        sum += (input[from + k] + inputOffset) * (weights[row + k] + weightOffset);
      }
      result[i] = (byte) clamped(factor(output).times(sum) + zeroPoint);
    }
    return result;
  }

  short[] int16(short[] input, byte[] weights, long[] bias) {
    short[] result = new short[input.length / depth * outputs];
    for (int i = 0; i < result.length; i++) {
      int output = i % outputs;
      int from = i / outputs * depth;
      int row = output * depth;
      long sum = bias[output];
      for (int k = 0; k < depth; k++) {
        sum += input[from + k] * weights[row + k];
      }
      result[i] = (short) clamped(factor(output).timesWide(sum));
    }
    return result;
  }

  private Factor factor(int output) {
    return factors.get(factors.size() == 1 ? 0 : output);
  }

  private int clamped(int value) {
    return Math.max(least, Math.min(most, value));
  }
}
