package org.hilbench.graph;

/** Element type of a tensor, named as in TensorFlow Lite's schema. */
public enum DataType {
  FLOAT32(32),
  INT32(32),
  INT16(16),
  INT8(8),
  INT4(4);

  private final int bits;

  DataType(int bits) {
    this.bits = bits;
  }

  public int bits() {
    return bits;
  }

  /** Bytes that {@code elements} densely packed elements take, rounded up. */
  public long bytes(long elements) {
    return (elements * bits + 7) / 8;
  }
}
