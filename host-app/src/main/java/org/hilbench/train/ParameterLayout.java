package org.hilbench.train;

import java.util.ArrayList;
import java.util.List;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Node;
import org.hilbench.graph.Op;
import org.hilbench.graph.Weights;

/**
 * Where each weight of a graph is in the three lists that the scripts take: kernels (which decay),
 * vectors (bias, gamma, beta) and statistics (mean, variance; not trained).
 */
record ParameterLayout(List<String> kernels, List<String> vectors, List<String> statistics) {
  ParameterLayout {
    kernels = List.copyOf(kernels);
    vectors = List.copyOf(vectors);
    statistics = List.copyOf(statistics);
  }

  static ParameterLayout of(Graph graph) {
    List<String> kernels = new ArrayList<>();
    List<String> vectors = new ArrayList<>();
    List<String> statistics = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Op.Convolution convolution) {
        kernels.add(Weights.name(node, "kernel"));
        if (convolution.batchNorm()) {
          vectors.add(Weights.name(node, "gamma"));
          vectors.add(Weights.name(node, "beta"));
          statistics.add(Weights.name(node, "mean"));
          statistics.add(Weights.name(node, "variance"));
        } else {
          vectors.add(Weights.name(node, "bias"));
        }
      }
    }
    return new ParameterLayout(kernels, vectors, statistics);
  }

  String kernel(Node node) {
    return "k" + kernels.indexOf(Weights.name(node, "kernel"));
  }

  String weightScale(Node node) {
    return "weightScales[" + kernels.indexOf(Weights.name(node, "kernel")) + "]";
  }

  String vector(Node node, String role) {
    return "b" + vectors.indexOf(Weights.name(node, role));
  }

  String statistic(Node node, String role) {
    return "statistics[" + statistics.indexOf(Weights.name(node, role)) + "]";
  }
}
