package org.hilbench.quantize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hilbench.graph.Activation;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Node;
import org.hilbench.graph.Op;
import org.hilbench.graph.Weights;

/**
 * Evens out the channels of the tensor between two convolutions without changing what they compute:
 * what the first makes smaller, the second makes larger (Nagel et al. 2019, section 4.1). Only
 * across tensors that nothing else reads and behind ReLU or no activation, which commute with it.
 */
public final class CrossLayerEqualization {
  /** Channels of hardly any weight stay as they are. */
  private static final double LEAST = 1e-6;

  /** Factors beyond this would only move outliers elsewhere. */
  private static final double MOST = 64;

  private final Graph graph;
  private final Map<String, float[]> kernels = new TreeMap<>();
  private final Map<String, float[]> biases = new TreeMap<>();

  private CrossLayerEqualization(Graph graph, Weights folded) {
    this.graph = graph;
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Op.Convolution) {
        kernels.put(node.label(), folded.get(node, "kernel").clone());
        biases.put(node.label(), folded.get(node, "bias").clone());
      }
    }
  }

  /** The same network, batch norm folded before and after. */
  public static Weights equalized(Graph graph, Weights folded) {
    CrossLayerEqualization work = new CrossLayerEqualization(graph, folded);
    work.pairs().forEach(work::equalize);
    Map<String, float[]> arrays = new TreeMap<>();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Op.Convolution) {
        arrays.put(Weights.name(node, "kernel"), array(work.kernels, node));
        arrays.put(Weights.name(node, "bias"), array(work.biases, node));
      }
    }
    return new Weights(arrays);
  }

  private record Pair(Node first, Node second) {}

  private List<Pair> pairs() {
    List<Pair> pairs = new ArrayList<>();
    for (Node first : graph.nodes()) {
      List<Node> readers =
          graph.nodes().stream().filter(node -> node.inputs().contains(first.output())).toList();
      if (readers.size() == 1 && commutes(first.op()) && takes(readers.get(0).op())) {
        pairs.add(new Pair(first, readers.get(0)));
      }
    }
    return pairs;
  }

  private static boolean commutes(Op op) {
    return op instanceof Op.Convolution && op.activation() != Activation.RELU6;
  }

  private static boolean takes(Op op) {
    return op instanceof Op.Convolution convolution && convolution.foldConvolution(TAKES);
  }

  /** Whether each input channel lies on the last axis of the kernel, by itself. */
  private static final Op.ConvolutionCases<Boolean> TAKES =
      new Op.ConvolutionCases<>() {
        @Override
        public Boolean conv2d(Op.Conv2d op) {
          return op.groups() == 1;
        }

        @Override
        public Boolean depthwiseConv2d(Op.DepthwiseConv2d op) {
          return op.depthMultiplier() == 1;
        }
      };

  private void equalize(Pair pair) {
    float[] bias = array(biases, pair.first);
    int channels = bias.length;
    float[] first = array(kernels, pair.first);
    float[] second = array(kernels, pair.second);
    ChannelLayout written =
        ChannelLayout.of((Op.Convolution) pair.first.op(), channels, first.length);
    double[] out = greatest(first, channels, written::channel);
    // The input channel is the last axis of OHWI, and of a depthwise 1HWC too.
    double[] in = greatest(second, channels, element -> element % channels);
    double[] factors = new double[channels];
    for (int c = 0; c < channels; c++) {
      boolean alive = out[c] > LEAST && in[c] > LEAST;
      double factor = alive ? Math.sqrt(out[c] * in[c]) / in[c] : 1;
      factors[c] = Math.max(1 / MOST, Math.min(MOST, factor));
      bias[c] = (float) (bias[c] / factors[c]);
    }
    for (int i = 0; i < first.length; i++) {
      first[i] = (float) (first[i] / factors[written.channel(i)]);
    }
    for (int i = 0; i < second.length; i++) {
      second[i] = (float) (second[i] * factors[i % channels]);
    }
  }

  private interface ChannelOf {
    int element(int index);
  }

  private static double[] greatest(float[] kernel, int channels, ChannelOf channel) {
    double[] greatest = new double[channels];
    Arrays.fill(greatest, 0);
    for (int i = 0; i < kernel.length; i++) {
      int c = channel.element(i);
      greatest[c] = Math.max(greatest[c], Math.abs(kernel[i]));
    }
    return greatest;
  }

  private static float[] array(Map<String, float[]> arrays, Node node) {
    float[] array = arrays.get(node.label());
    if (array == null) {
      throw new IllegalStateException(node.label() + " is no convolution");
    }
    return array;
  }
}
