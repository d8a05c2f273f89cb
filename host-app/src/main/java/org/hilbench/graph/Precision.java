package org.hilbench.graph;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Bits of the weights and of the activations of one convolution; a layer of 16-bit activations also
 * reads 16 bits. These are the pairs that TensorFlow Lite has kernels for.
 */
public enum Precision {
  /** Int8 weights, int8 activations. */
  @JsonProperty("w8a8")
  W8A8(DataType.INT8, DataType.INT8),
  /** Int4 weights, int8 activations: half the flash. */
  @JsonProperty("w4a8")
  W4A8(DataType.INT4, DataType.INT8),
  /** Int8 weights, int16 activations (TensorFlow Lite's 16x8): twice the memory, finer. */
  @JsonProperty("w8a16")
  W8A16(DataType.INT8, DataType.INT16);

  private final DataType weights;
  private final DataType activations;

  Precision(DataType weights, DataType activations) {
    this.weights = weights;
    this.activations = activations;
  }

  public DataType weights() {
    return weights;
  }

  public DataType activations() {
    return activations;
  }

  /** What a convolution and its output tensor say. */
  static Precision of(DataType weights, DataType activations) {
    for (Precision precision : values()) {
      if (precision.weights == weights && precision.activations == activations) {
        return precision;
      }
    }
    throw new IllegalArgumentException(
        "no layer has " + weights + " weights and " + activations + " activations");
  }
}
