package org.hilbench.graph;

import java.util.List;
import java.util.Objects;

/**
 * One op in its place: it reads the tensors {@code inputs} and writes the tensor {@code output}.
 *
 * @param id its index in {@link Graph#nodes}, which is the order of execution
 * @param label its place in the network's structure, such as {@code b2.u0.depthwise}: unique in the
 *     graph, and the same in networks that share the place, so that they can share its weights. No
 *     part of what the node computes
 */
public record Node(int id, String label, Op op, List<Integer> inputs, int output) {
  public Node {
    Objects.requireNonNull(label);
    Objects.requireNonNull(op);
    inputs = List.copyOf(inputs);
  }

  /** The same place with another op. */
  public Node with(Op newOp) {
    return new Node(id, label, newOp, inputs, output);
  }
}
