package org.hilbench.report;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.hilbench.graph.Activation;
import org.hilbench.graph.DataType;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Node;
import org.hilbench.graph.Op;
import org.hilbench.graph.Shape;
import org.hilbench.graph.Window;
import org.hilbench.measure.OpCost;

/** A network layer by layer, beside what each operator cost where that is known. */
final class LayerTable {
  private static final int IMAGE = -1;

  private LayerTable() {}

  /**
   * @param lost accuracy in 4 bits by convolution, a fraction of 1; empty where it is not known
   */
  static List<Page.Layer> of(Graph graph, List<OpCost> costs, List<Double> lost) {
    boolean alike = costs.size() == graph.nodes().size();
    Iterator<Double> losses = lost.iterator();
    List<Page.Layer> layers = new ArrayList<>();
    for (Node node : graph.nodes()) {
      boolean sensed = node.op() instanceof Op.Convolution && losses.hasNext();
      layers.add(
          layer(
              graph,
              node,
              alike ? List.of(costs.get(node.id())) : List.of(),
              sensed ? String.format(Locale.ROOT, "%.1f pp", 100 * losses.next()) : ""));
    }
    return layers;
  }

  private static Page.Layer layer(Graph graph, Node node, List<OpCost> cost, String lost) {
    Op op = node.op();
    Shape shape = graph.tensors().get(node.output()).shape();
    List<Shape> inputs = graph.inputShapes(node);
    return new Page.Layer(
        name(op) + bits(op, graph.tensors().get(node.output()).type()),
        op instanceof Op.Convolution convolution ? window(convolution.window()) : "",
        op.activation() == Activation.NONE ? "" : op.activation().name().toLowerCase(Locale.ROOT),
        node.inputs().stream().map(tensor -> writer(graph, tensor)).toList(),
        List.of(shape.height(), shape.width(), shape.channels()),
        op.macs(inputs),
        op.params(inputs),
        cost.stream().flatMap(one -> one.cost().stream()).map(Points::amount).toList(),
        lost);
  }

  /** Index of the layer that writes this tensor, or {@link #IMAGE}. */
  private static int writer(Graph graph, int tensor) {
    return graph.nodes().stream()
        .filter(node -> node.output() == tensor)
        .mapToInt(Node::id)
        .findFirst()
        .orElse(IMAGE);
  }

  /** Where they are not int8. */
  private static String bits(Op op, DataType activations) {
    boolean narrow =
        op instanceof Op.Convolution convolution && convolution.weightType() == DataType.INT4;
    return (narrow ? ", 4-bit weights" : "") + (activations == DataType.INT16 ? ", int16" : "");
  }

  /** {@code GlobalAveragePool} reads {@code global average pool}. */
  private static String name(Op op) {
    return op.getClass()
        .getSimpleName()
        .replaceAll("2d$", "")
        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
        .toLowerCase(Locale.ROOT);
  }

  private static String window(Window window) {
    String kernel = window.kernelHeight() + "x" + window.kernelWidth();
    int stride = Math.max(window.strideHeight(), window.strideWidth());
    int dilation = Math.max(window.dilationHeight(), window.dilationWidth());
    return kernel
        + (stride > 1 ? ", stride " + stride : "")
        + (dilation > 1 ? ", dilation " + dilation : "");
  }
}
