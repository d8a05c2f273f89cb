package org.hilbench.quantize;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Node;
import org.hilbench.graph.Op;
import org.hilbench.graph.Shape;
import org.hilbench.graph.Weights;

/**
 * Folds each batch norm into the convolution in front of it, exactly as inference computes it: the
 * kernel of channel c times {@code gamma / sqrt(variance + epsilon)}.
 */
public final class BatchNormFolding {
  private BatchNormFolding() {}

  /**
   * Weights with a {@code kernel} and a {@code bias} for every convolution and nothing else.
   *
   * @throws IllegalArgumentException if an array is missing or has another length than the graph
   */
  public static Weights fold(Graph graph, Weights weights) {
    Map<String, float[]> folded = new TreeMap<>();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Op.Convolution op) {
        fold(node, op, graph.inputShapes(node), weights, folded);
      }
    }
    return new Weights(folded);
  }

  /** The graph that folded weights belong to. */
  public static Graph fold(Graph graph) {
    List<Node> nodes =
        graph.nodes().stream()
            .map(
                node ->
                    node.op() instanceof Op.Convolution op
                        ? node.with(op.withoutBatchNorm())
                        : node)
            .toList();
    return new Graph(graph.tensors(), nodes, graph.input(), graph.output());
  }

  private static void fold(
      Node node,
      Op.Convolution op,
      List<Shape> inputs,
      Weights weights,
      Map<String, float[]> folded) {
    int channels = Math.toIntExact(op.biases(inputs));
    float[] kernel = array(weights, node, "kernel", op.weights(inputs)).clone();
    float[] bias = new float[channels];
    if (!op.batchNorm()) {
      if (weights.has(node, "bias")) {
        bias = array(weights, node, "bias", channels).clone();
      }
    } else {
      float[] gamma = array(weights, node, "gamma", channels);
      float[] beta = array(weights, node, "beta", channels);
      float[] mean = array(weights, node, "mean", channels);
      float[] variance = array(weights, node, "variance", channels);
      double[] factors = new double[channels];
      for (int c = 0; c < channels; c++) {
        factors[c] = gamma[c] / Math.sqrt((double) variance[c] + Weights.BATCH_NORM_EPSILON);
        bias[c] = (float) (beta[c] - mean[c] * factors[c]);
      }
      ChannelLayout layout = ChannelLayout.of(op, channels, kernel.length);
      for (int i = 0; i < kernel.length; i++) {
        kernel[i] = (float) (kernel[i] * factors[layout.channel(i)]);
      }
    }
    folded.put(Weights.name(node, "kernel"), kernel);
    folded.put(Weights.name(node, "bias"), bias);
  }

  private static float[] array(Weights weights, Node node, String role, long length) {
    float[] array = weights.get(node, role);
    if (array.length != length) {
      throw new IllegalArgumentException(
          Weights.name(node, role) + " holds " + array.length + " values, not " + length);
    }
    return array;
  }
}
