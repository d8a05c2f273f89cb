package org.hilbench.search;

import java.util.EnumMap;
import java.util.Map;
import org.hilbench.graph.Activation;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Node;
import org.hilbench.graph.Op;
import org.hilbench.graph.Shape;
import org.hilbench.quantity.Metric;
import org.hilbench.space.Architecture;

/**
 * A made-up problem over the real space, for tests of strategies: cost is the network's true cost,
 * accuracy a smooth, saturating function of its capacity, depth and view, so that good networks are
 * those that spend little on much.
 */
final class ProxyProblem {
  static final Shape IMAGE = new Shape(28, 28, 1);
  static final int CLASSES = 10;

  private ProxyProblem() {}

  static Verdict.Scored score(Architecture architecture) {
    Graph graph = architecture.toGraph(IMAGE, CLASSES);
    Map<Metric, Double> values = new EnumMap<>(Metric.class);
    values.put(Metric.ACCURACY, accuracy(graph));
    values.put(Metric.LATENCY, graph.macs() * 20.0 / 100e6);
    values.put(Metric.PEAK_SRAM, (double) graph.peakActivationBytes());
    values.put(Metric.FLASH, 60_000.0 + graph.params());
    values.put(Metric.MACS, (double) graph.macs());
    values.put(Metric.PARAMS, (double) graph.params());
    return new Verdict.Scored(values);
  }

  private static double accuracy(Graph graph) {
    double view = 1;
    double step = 1;
    double nonlinear = 0;
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Op.Convolution conv) {
        view += (conv.window().kernelHeight() - 1) * step;
        step *= conv.window().strideHeight();
        nonlinear += conv.activation() == Activation.NONE ? 0 : 1;
      }
      nonlinear += node.op() instanceof Op.Add ? 0.5 : 0;
    }
    Shape last = graph.inputShapes(graph.nodes().get(graph.nodes().size() - 4)).get(0);
    double capacity =
        0.40 * saturating((double) graph.params(), 12_000)
            + 0.20 * saturating(view, 24)
            + 0.20 * saturating(nonlinear, 5)
            + 0.20 * saturating(last.channels(), 24);
    return 0.10 + 0.84 * capacity;
  }

  private static double saturating(double value, double scale) {
    return 1 - Math.exp(-value / scale);
  }
}
