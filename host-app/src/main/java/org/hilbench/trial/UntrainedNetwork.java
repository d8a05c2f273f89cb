package org.hilbench.trial;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.hilbench.graph.ActivationRanges;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Node;
import org.hilbench.graph.Op;
import org.hilbench.graph.Tensor;
import org.hilbench.graph.Weights;
import org.hilbench.graph.WeightsFile;

/**
 * Weights and ranges in place of trained ones, the same ones each time: a model made of them is as
 * large, and as much work for a device, as the trained one will be.
 */
final class UntrainedNetwork {
  private static final long SEED = 1;
  private static final ActivationRanges.Range ANY = new ActivationRanges.Range(-2, 2);

  private UntrainedNetwork() {}

  static WeightsFile of(Graph graph) {
    Map<Integer, ActivationRanges.Range> ranges = new TreeMap<>();
    for (Tensor tensor : graph.tensors()) {
      ranges.put(tensor.id(), ANY);
    }
    return new WeightsFile(weights(graph), new ActivationRanges(ranges));
  }

  private static Weights weights(Graph graph) {
    RandomGenerator random = new SplittableRandom(SEED);
    Map<String, float[]> arrays = new TreeMap<>();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Op.Convolution op) {
        int kernel = (int) op.weights(graph.inputShapes(node));
        int channels = (int) op.biases(graph.inputShapes(node));
        arrays.put(Weights.name(node, "kernel"), drawn(kernel, random));
        for (String role : roles(op)) {
          arrays.put(Weights.name(node, role), drawn(channels, random));
        }
      }
    }
    return new Weights(arrays);
  }

  private static List<String> roles(Op.Convolution op) {
    return op.batchNorm() ? List.of("gamma", "beta", "mean", "variance") : List.of("bias");
  }

  /** Above zero, as a variance has to be. */
  private static float[] drawn(int count, RandomGenerator random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextFloat(0.5f, 1.5f);
    }
    return values;
  }
}
