package org.hilbench.tflite;

import java.util.List;
import java.util.Objects;
import org.hilbench.graph.Quantization;

/**
 * One tensor of a file.
 *
 * @param shape as stored: with the batch in front, empty for a scalar
 * @param constant whether the file holds its data (weights, biases, shapes)
 */
public record TfliteTensor(
    int index,
    String name,
    List<Integer> shape,
    TensorType type,
    Quantization quantization,
    boolean constant) {
  public TfliteTensor {
    Objects.requireNonNull(name);
    shape = List.copyOf(shape);
    Objects.requireNonNull(type);
    Objects.requireNonNull(quantization);
  }

  public long elements() {
    return shape.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
  }

  public long bytes() {
    return type.bytes(elements());
  }

  /** Name with the index, for messages: names may be empty or repeated. */
  public String label() {
    return "tensor " + index + " ('" + name + "')";
  }
}
