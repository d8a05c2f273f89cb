package org.hilbench.oracle;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Node;
import org.hilbench.graph.Op;
import org.hilbench.graph.Shape;
import org.hilbench.graph.Window;

/** Which ops, windows, activations and sizes a set of networks has shown so far. */
final class Coverage {
  private final Set<String> seen = new TreeSet<>();

  void add(Graph graph) {
    for (Node node : graph.nodes()) {
      List<Shape> inputs = graph.inputShapes(node);
      String op = node.op().getClass().getSimpleName().toLowerCase(Locale.ROOT);
      seen.add(op);
      if (node.op() instanceof Op.Convolution convolution) {
        Window window = convolution.window();
        String kernel = op + " " + window.kernelHeight() + "x" + window.kernelWidth();
        seen.add(
            kernel + " stride " + window.strideHeight() + side(inputs.get(0).height(), " high"));
        seen.add(kernel + " stride " + window.strideWidth() + side(inputs.get(0).width(), " wide"));
        seen.add(kernel + " " + convolution.activation());
      }
      if (node.op() instanceof Op.GlobalAveragePool) {
        seen.add("globalaveragepool" + side(inputs.get(0).height(), " high"));
        seen.add("globalaveragepool" + side(inputs.get(0).width(), " wide"));
      }
      if (node.op() instanceof Op.Add) {
        seen.add("add" + side(inputs.get(0).height(), " high"));
      }
    }
  }

  private static String side(int length, String direction) {
    return (length % 2 == 0 ? " even" : " odd") + direction;
  }

  Set<String> missing(List<String> wanted) {
    Set<String> missing = new TreeSet<>(wanted);
    missing.removeAll(seen);
    return missing;
  }

  @Override
  public String toString() {
    return String.join("\n", seen);
  }
}
