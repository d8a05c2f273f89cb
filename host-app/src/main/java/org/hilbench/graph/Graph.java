package org.hilbench.graph;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A network as a list of nodes in order of execution over single-assignment tensors.
 *
 * <p>Tensor and node ids are their indices. The last node writes {@code output}.
 */
public record Graph(List<Tensor> tensors, List<Node> nodes, int input, int output) {
  public Graph {
    tensors = List.copyOf(tensors);
    nodes = List.copyOf(nodes);
    for (int i = 0; i < tensors.size(); i++) {
      require(tensors.get(i).id() == i, "tensor " + i + " carries id " + tensors.get(i).id());
    }
    Set<String> labels = new HashSet<>();
    boolean[] written = new boolean[tensors.size()];
    written[input] = true;
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      require(node.id() == i, "node " + i + " carries id " + node.id());
      require(labels.add(node.label()), "two nodes are labelled " + node.label());
      for (int read : node.inputs()) {
        require(written[read], "node " + i + " reads tensor " + read + " before it is written");
      }
      require(!written[node.output()], "tensor " + node.output() + " is written twice");
      written[node.output()] = true;
      Shape inferred = node.op().outputShape(shapesOf(tensors, node));
      Shape stated = tensors.get(node.output()).shape();
      require(inferred.equals(stated), "node " + i + " gives " + inferred + ", not " + stated);
    }
    require(written[output], "the output tensor " + output + " is never written");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException("graph: " + otherwise);
    }
  }

  private static List<Shape> shapesOf(List<Tensor> tensors, Node node) {
    return node.inputs().stream().map(id -> tensors.get(id).shape()).toList();
  }

  /** The node in this place. */
  public Node node(String label) {
    return nodes.stream()
        .filter(node -> node.label().equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("graph: no node is labelled " + label));
  }

  public Tensor inputTensor() {
    return tensors.get(input);
  }

  public Tensor outputTensor() {
    return tensors.get(output);
  }

  public List<Shape> inputShapes(Node node) {
    return shapesOf(tensors, node);
  }

  /** Multiply-accumulates of one inference. */
  public long macs() {
    return nodes.stream().mapToLong(node -> node.op().macs(inputShapes(node))).sum();
  }

  /** Weights and biases, batch norm folded. */
  public long params() {
    return nodes.stream().mapToLong(node -> node.op().params(inputShapes(node))).sum();
  }

  /**
   * Largest sum of the bytes of tensors that are alive at one node, in the order of execution.
   *
   * <p>A lower bound of the arena: the working set of uNAS (Liberis et al. 2021), without scratch.
   */
  public long peakActivationBytes() {
    return nodes.stream().mapToLong(this::liveBytes).max().orElse(inputTensor().bytes());
  }

  private long liveBytes(Node node) {
    return tensors.stream()
        .filter(tensor -> firstUse(tensor) <= node.id() && node.id() <= lastUse(tensor))
        .mapToLong(Tensor::bytes)
        .sum();
  }

  private int firstUse(Tensor tensor) {
    return nodes.stream()
        .filter(node -> node.output() == tensor.id())
        .mapToInt(Node::id)
        .findFirst()
        .orElse(0);
  }

  private int lastUse(Tensor tensor) {
    int last =
        nodes.stream()
            .filter(node -> node.inputs().contains(tensor.id()) || node.output() == tensor.id())
            .mapToInt(Node::id)
            .max()
            .orElse(0);
    return tensor.id() == output ? nodes.size() - 1 : last;
  }
}
