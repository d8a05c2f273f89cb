package org.hilbench.graph;

import java.util.List;
import java.util.Objects;

/**
 * One op in its place: it reads the tensors {@code inputs} and writes the tensor {@code output};
 * {@code id} is its index in {@link Graph#nodes}, which is the order of execution.
 */
public record Node(int id, Op op, List<Integer> inputs, int output) {
  public Node {
    Objects.requireNonNull(op);
    inputs = List.copyOf(inputs);
  }
}
