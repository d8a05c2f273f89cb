package org.hilbench.graph;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The precision of each convolution of a network or of a part of it, in the order of execution.
 * Layers beyond the list have the precision of its last; an empty list means int8 throughout. Equal
 * policies are equal records: the list is held as short as it can be. Its JSON form is the list.
 */
public record QuantPolicy(@JsonValue List<Precision> layers) {
  /** Int8 weights and activations everywhere. */
  public static final QuantPolicy INT8 = new QuantPolicy(List.of());

  @JsonCreator
  public QuantPolicy {
    int length = layers.size();
    while (length > 1 && layers.get(length - 2) == layers.get(length - 1)) {
      length--;
    }
    boolean int8 = length == 1 && layers.get(0) == Precision.W8A8;
    layers = List.copyOf(int8 ? List.of() : layers.subList(0, length));
  }

  /** One precision for every layer. */
  public static QuantPolicy all(Precision precision) {
    return new QuantPolicy(List.of(precision));
  }

  /** What the convolutions of a graph have. */
  public static QuantPolicy of(Graph graph) {
    return new QuantPolicy(
        graph.nodes().stream()
            .filter(node -> node.op() instanceof Op.Convolution)
            .map(
                node ->
                    Precision.of(
                        ((Op.Convolution) node.op()).weightType(),
                        graph.tensors().get(node.output()).type()))
            .toList());
  }

  /** Precision of a layer, counted from 0. */
  public Precision of(int layer) {
    return layers.isEmpty() ? Precision.W8A8 : layers.get(Math.min(layer, layers.size() - 1));
  }

  /** The first {@code count} layers, each by itself. */
  public List<Precision> first(int count) {
    List<Precision> all = new ArrayList<>();
    for (int layer = 0; layer < count; layer++) {
      all.add(of(layer));
    }
    return Collections.unmodifiableList(all);
  }

  /** The same for the first {@code count} layers, but for one of them. */
  public QuantPolicy with(int layer, Precision precision, int count) {
    List<Precision> changed = new ArrayList<>(first(count));
    changed.set(layer, precision);
    return new QuantPolicy(changed);
  }

  /** Such as {@code w8a8 w4a8 w4a8}, as short as it can be. */
  public String summary() {
    return layers.isEmpty()
        ? "w8a8"
        : layers.stream()
            .map(precision -> precision.name().toLowerCase(java.util.Locale.ROOT))
            .collect(Collectors.joining(" "));
  }

  /**
   * The same network in this precision. Weights and outputs of convolutions have their layer's
   * types; every other op has the widest type that it reads; the network's input and a softmax's
   * output are int8. QUANTIZE is not placed yet: see {@link WidthChanges}.
   */
  public Graph applied(Graph graph) {
    List<Tensor> tensors = new ArrayList<>(graph.tensors());
    retype(tensors, graph.input(), DataType.INT8);
    List<Node> nodes = new ArrayList<>();
    int layer = 0;
    for (Node node : graph.nodes()) {
      Op op = node.op();
      DataType type = widest(tensors, node);
      if (op instanceof Op.Convolution convolution) {
        Precision precision = of(layer++);
        op = convolution.withWeights(precision.weights());
        type = precision.activations();
      } else if (op.outputScheme() == Op.OutputScheme.PROBABILITIES) {
        type = DataType.INT8;
      } else if (op instanceof Op.Quantize) {
        throw new IllegalArgumentException("a policy is applied before QUANTIZE is placed");
      }
      retype(tensors, node.output(), type);
      nodes.add(node.with(op));
    }
    return new Graph(tensors, nodes, graph.input(), graph.output());
  }

  private static DataType widest(List<Tensor> tensors, Node node) {
    return node.inputs().stream()
        .map(read -> tensors.get(read).type())
        .max(Comparator.comparingInt(DataType::bits))
        .orElseThrow();
  }

  private static void retype(List<Tensor> tensors, int id, DataType type) {
    tensors.set(id, tensors.get(id).quantized(type, Quantization.NONE));
  }
}
