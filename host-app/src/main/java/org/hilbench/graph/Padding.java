package org.hilbench.graph;

/** Padding of a window op, TensorFlow's definition: SAME pads the larger half behind. */
public enum Padding {
  SAME,
  VALID;

  /** Output length of one dimension. */
  public int outputSize(int input, int kernel, int stride, int dilation) {
    int reach = (kernel - 1) * dilation + 1;
    return this == SAME ? (input + stride - 1) / stride : (input - reach + stride) / stride;
  }

  /** Elements padded in front of one dimension; the rest of {@link #total} goes behind. */
  public int before(int input, int kernel, int stride, int dilation) {
    return total(input, kernel, stride, dilation) / 2;
  }

  /** Elements padded in front of and behind one dimension together. */
  public int total(int input, int kernel, int stride, int dilation) {
    if (this == VALID) {
      return 0;
    }
    int reach = (kernel - 1) * dilation + 1;
    return Math.max(0, (outputSize(input, kernel, stride, dilation) - 1) * stride + reach - input);
  }
}
