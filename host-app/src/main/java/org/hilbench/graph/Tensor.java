package org.hilbench.graph;

import java.util.Objects;

/** One activation tensor of a {@link Graph}; {@code id} is its index in {@link Graph#tensors}. */
public record Tensor(int id, String name, Shape shape, DataType type, Quantization quantization) {
  public Tensor {
    Objects.requireNonNull(name);
    Objects.requireNonNull(shape);
    Objects.requireNonNull(type);
    Objects.requireNonNull(quantization);
  }

  public long bytes() {
    return type.bytes(shape.elements());
  }

  /** The same tensor as integers. */
  public Tensor quantized(DataType newType, Quantization newQuantization) {
    return new Tensor(id, name, shape, newType, newQuantization);
  }
}
