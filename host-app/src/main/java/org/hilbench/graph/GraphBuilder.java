package org.hilbench.graph;

import java.util.ArrayList;
import java.util.List;

/** Builds a {@link Graph} op by op; shapes are inferred, tensors are named after their node. */
public final class GraphBuilder {
  private final DataType activationType;
  private final List<Tensor> tensors = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();

  /** Starts with the input tensor, whose id is 0. */
  public GraphBuilder(Shape input, DataType activationType) {
    this.activationType = activationType;
    addTensor("input", input, activationType);
  }

  public int input() {
    return 0;
  }

  public Shape shape(int tensor) {
    return tensors.get(tensor).shape();
  }

  /** Appends {@code op} on these tensors and returns the id of its output tensor. */
  public int add(Op op, int... inputs) {
    return add("n" + nodes.size(), op, activationType, inputs);
  }

  /** The same with a label. */
  public int add(String label, Op op, int... inputs) {
    return add(label, op, activationType, inputs);
  }

  /** The same with an output of this type. */
  public int add(String label, Op op, DataType type, int... inputs) {
    List<Integer> ids = java.util.Arrays.stream(inputs).boxed().toList();
    Shape shape = op.outputShape(ids.stream().map(this::shape).toList());
    int node = nodes.size();
    int output = addTensor("n" + node, shape, type);
    nodes.add(new Node(node, label, op, ids, output));
    return output;
  }

  public DataType type(int tensor) {
    return tensors.get(tensor).type();
  }

  public Graph build(int output) {
    return new Graph(tensors, nodes, input(), output);
  }

  private int addTensor(String name, Shape shape, DataType type) {
    int id = tensors.size();
    tensors.add(new Tensor(id, name, shape, type, Quantization.NONE));
    return id;
  }
}
