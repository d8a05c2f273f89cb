package org.hilbench.train;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Node;
import org.hilbench.graph.Op;
import org.hilbench.graph.Weights;

/**
 * Kernels drawn from a normal distribution of variance 2 / fan-in (He et al. 2015), batch norm as
 * the identity, biases 0.
 */
public record FreshWeights() implements WeightSource {
  @Override
  public Weights startingWeights(Graph graph, RandomGenerator random) {
    Map<String, float[]> arrays = new TreeMap<>();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Op.Convolution convolution) {
        addNode(arrays, graph, node, convolution, random);
      }
    }
    return new Weights(arrays);
  }

  private static void addNode(
      Map<String, float[]> arrays,
      Graph graph,
      Node node,
      Op.Convolution convolution,
      RandomGenerator random) {
    int outputs = graph.tensors().get(node.output()).shape().channels();
    int elements = Math.toIntExact(convolution.weights(graph.inputShapes(node)));
    int fanIn = convolution.depthwise() ? convolution.window().area() : elements / outputs;
    arrays.put(Weights.name(node, "kernel"), normal(elements, Math.sqrt(2.0 / fanIn), random));
    if (convolution.batchNorm()) {
      arrays.put(Weights.name(node, "gamma"), filled(outputs, 1));
      arrays.put(Weights.name(node, "beta"), filled(outputs, 0));
      arrays.put(Weights.name(node, "mean"), filled(outputs, 0));
      arrays.put(Weights.name(node, "variance"), filled(outputs, 1));
    } else {
      arrays.put(Weights.name(node, "bias"), filled(outputs, 0));
    }
  }

  private static float[] normal(int elements, double deviation, RandomGenerator random) {
    float[] values = new float[elements];
    for (int i = 0; i < elements; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return values;
  }

  private static float[] filled(int elements, float value) {
    float[] values = new float[elements];
    Arrays.fill(values, value);
    return values;
  }

  @Override
  public String key() {
    return "fresh";
  }
}
