package org.hilbench.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.hilbench.BenchException;
import org.hilbench.graph.Activation;
import org.hilbench.graph.ActivationRanges;
import org.hilbench.graph.ActivationRanges.Range;
import org.hilbench.graph.DataType;
import org.hilbench.graph.Graph;
import org.hilbench.graph.GraphBuilder;
import org.hilbench.graph.Node;
import org.hilbench.graph.Op;
import org.hilbench.graph.Padding;
import org.hilbench.graph.Precision;
import org.hilbench.graph.QuantPolicy;
import org.hilbench.graph.Shape;
import org.hilbench.graph.Weights;
import org.hilbench.graph.Window;
import org.hilbench.quantize.BatchNormFolding;
import org.hilbench.quantize.PostTrainingQuantizer;
import org.hilbench.quantize.QuantizedModel;
import org.hilbench.space.image.ImageSpace;
import org.hilbench.space.image.SpaceBounds;

/** Seeded networks with random weights and plausible random ranges. */
public final class RandomNetworks {
  private RandomNetworks() {}

  /** A network of the real search space for images of a random size, odd sides as often as even. */
  public static Graph ofTheSpace(RandomGenerator random) {
    Shape input =
        new Shape(6 + random.nextInt(18), 6 + random.nextInt(18), random.nextBoolean() ? 1 : 3);
    SpaceBounds bounds = SpaceBounds.smallImages(new Shape(28, 28, input.channels()), 10);
    return new ImageSpace(bounds).random(random).toGraph(input, 2 + random.nextInt(11));
  }

  /**
   * A network with what the space lacks: VALID, uneven windows, multipliers, dilation, ReLU adds.
   */
  public static Graph beyondTheSpace(RandomGenerator random) {
    Shape input = new Shape(12 + random.nextInt(9), 12 + random.nextInt(9), 1 + random.nextInt(4));
    GraphBuilder builder = new GraphBuilder(input, DataType.INT8);
    int tensor = builder.input();
    for (int block = 0; block < 3; block++) {
      int filters = 1 + random.nextInt(12);
      tensor =
          builder.add(
              new Op.Conv2d(
                  filters, window(random), 1, any(random), random.nextBoolean(), DataType.INT8),
              tensor);
      tensor =
          builder.add(
              new Op.DepthwiseConv2d(
                  1 + random.nextInt(3), Window.same(3, 1), any(random), true, DataType.INT8),
              tensor);
      Op side =
          new Op.Conv2d(
              builder.shape(tensor).channels(),
              Window.same(1, 1),
              1,
              any(random),
              false,
              DataType.INT8);
      tensor = builder.add(new Op.Add(any(random)), tensor, builder.add(side, tensor));
    }
    tensor = builder.add(new Op.Flatten(), builder.add(new Op.GlobalAveragePool(), tensor));
    return builder.build(random.nextBoolean() ? tensor : builder.add(new Op.Softmax(), tensor));
  }

  private static Window window(RandomGenerator random) {
    int dilation = 1 + random.nextInt(2);
    int stride = dilation > 1 ? 1 : 1 + random.nextInt(2);
    return new Window(
        1 + random.nextInt(3),
        1 + random.nextInt(3),
        stride,
        dilation > 1 ? 1 : 1 + random.nextInt(2),
        dilation,
        1,
        random.nextBoolean() ? Padding.SAME : Padding.VALID);
  }

  private static Activation any(RandomGenerator random) {
    return any(List.of(Activation.values()), random);
  }

  private static <T> T any(List<T> choices, RandomGenerator random) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** The same network with a random precision for each convolution. */
  public static Graph mixed(Graph graph, RandomGenerator random) {
    List<Precision> layers = new ArrayList<>();
    graph.nodes().forEach(node -> layers.add(any(List.of(Precision.values()), random)));
    return new QuantPolicy(layers).applied(graph);
  }

  public static QuantizedModel quantized(Graph graph, RandomGenerator random)
      throws BenchException {
    Weights folded = BatchNormFolding.fold(graph, weights(graph, random));
    return PostTrainingQuantizer.quantize(graph, folded, ranges(graph, random));
  }

  public static byte[] input(Graph graph, RandomGenerator random) {
    byte[] input = new byte[Math.toIntExact(graph.inputTensor().shape().elements())];
    random.nextBytes(input);
    return input;
  }

  /** Weights as training leaves them, batch norm not folded. */
  public static Weights weights(Graph graph, RandomGenerator random) {
    Map<String, float[]> arrays = new TreeMap<>();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Op.Convolution op) {
        List<Shape> inputs = graph.inputShapes(node);
        int channels = (int) op.biases(inputs);
        double fanIn = Math.max(1.0, (double) op.weights(inputs) / channels);
        arrays.put(
            Weights.name(node, "kernel"),
            normal(random, (int) op.weights(inputs), 0, Math.sqrt(2 / fanIn)));
        if (op.batchNorm()) {
          arrays.put(Weights.name(node, "gamma"), normal(random, channels, 1, 0.3));
          arrays.put(Weights.name(node, "beta"), normal(random, channels, 0.2, 0.5));
          arrays.put(Weights.name(node, "mean"), normal(random, channels, 0, 0.3));
          float[] variance = normal(random, channels, 0, 0.5);
          for (int c = 0; c < channels; c++) {
            variance[c] = 0.5f + Math.abs(variance[c]);
          }
          arrays.put(Weights.name(node, "variance"), variance);
        } else {
          arrays.put(Weights.name(node, "bias"), normal(random, channels, 0, 0.3));
        }
      }
    }
    return new Weights(arrays);
  }

  private static float[] normal(RandomGenerator random, int count, double mean, double deviation) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian(mean, deviation);
    }
    return values;
  }

  private static ActivationRanges ranges(Graph graph, RandomGenerator random) {
    Map<Integer, Range> ranges = new HashMap<>();
    for (Node node : graph.nodes()) {
      float least = (float) random.nextDouble(-5, 0.1);
      ranges.put(node.output(), new Range(least, (float) random.nextDouble(1, 8)));
    }
    return new ActivationRanges(ranges);
  }
}
