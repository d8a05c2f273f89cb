package org.hilbench.tflite;

import java.util.List;
import java.util.Optional;

/** Element type of a tensor in a file: {@code TensorType} of TensorFlow Lite's schema, in order. */
public enum TensorType {
  FLOAT32(32),
  FLOAT16(16),
  INT32(32),
  UINT8(8),
  INT64(64),
  STRING(0),
  BOOL(8),
  INT16(16),
  COMPLEX64(64),
  INT8(8),
  FLOAT64(64),
  COMPLEX128(128),
  UINT64(64),
  RESOURCE(0),
  VARIANT(0),
  UINT32(32),
  UINT16(16),
  INT4(4),
  BFLOAT16(16);

  private static final List<TensorType> BY_CODE = List.of(values());

  private final int bits;

  TensorType(int bits) {
    this.bits = bits;
  }

  /** The type with this code in the schema; empty for one that is not known. */
  static Optional<TensorType> of(int code) {
    return code >= 0 && code < BY_CODE.size() ? Optional.of(BY_CODE.get(code)) : Optional.empty();
  }

  /** This type's code in the schema. */
  byte code() {
    return (byte) BY_CODE.indexOf(this);
  }

  /** Bits of one element; 0 where elements have no fixed size. */
  public int bits() {
    return bits;
  }

  /** Bytes of densely packed elements, rounded up. */
  public long bytes(long elements) {
    return (elements * bits + 7) / 8;
  }

  boolean floating() {
    return this == FLOAT32 || this == FLOAT16 || this == FLOAT64 || this == BFLOAT16;
  }
}
