package org.hilbench.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.hilbench.data.Encoding;
import org.hilbench.graph.Activation;
import org.hilbench.graph.ActivationRanges;
import org.hilbench.graph.DataType;
import org.hilbench.graph.Graph;
import org.hilbench.graph.GraphBuilder;
import org.hilbench.graph.Op;
import org.hilbench.graph.Padding;
import org.hilbench.graph.Shape;
import org.hilbench.graph.Tensor;
import org.hilbench.graph.Weights;
import org.hilbench.graph.Window;
import org.hilbench.quantize.BatchNormFolding;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is exported is what was trained: torch's inference against plain Java. */
class TorchNetworkTest {
  private static final int IMAGES = 3;
  private static final double TOLERANCE = 1e-4;

  @ParameterizedTest
  @CsvSource({
    "28, 28, 1, 3, 2, SAME", "28, 28, 1, 5, 2, SAME", "27, 27, 1, 3, 2, SAME",
        "7, 9, 3, 3, 2, SAME",
    "9, 8, 3, 5, 2, SAME", "8, 11, 1, 3, 1, SAME", "13, 10, 2, 5, 1, SAME",
        "12, 13, 2, 3, 2, VALID",
    "5, 5, 1, 5, 3, SAME", "14, 13, 3, 1, 2, SAME", "14, 13, 3, 1, 3, VALID"
  })
  void torchGivesTheTensorsOfPlainJava(
      int height, int width, int channels, int kernel, int stride, Padding padding) {
    Window window = new Window(kernel, kernel, stride, stride, 1, 1, padding);
    check(network(new Shape(height, width, channels), window));
  }

  @ParameterizedTest
  @CsvSource({"14, 14, 1", "15, 11, 1"})
  void dilationAndUnevenStridesToo(int height, int width, int channels) {
    check(network(new Shape(height, width, channels), new Window(3, 5, 2, 1, 1, 1, Padding.SAME)));
    check(network(new Shape(height, width, channels), new Window(3, 3, 1, 1, 2, 3, Padding.SAME)));
  }

  /** Every op, with and without batch norm, each activation, a skip and groups. */
  private static Graph network(Shape input, Window window) {
    GraphBuilder builder = new GraphBuilder(input, DataType.FLOAT32);
    int t = conv(builder, builder.input(), 8, window, 1, Activation.RELU6, true);
    t =
        builder.add(
            new Op.DepthwiseConv2d(2, Window.same(3, 1), Activation.RELU, true, DataType.INT8), t);
    t = conv(builder, t, 12, Window.same(3, 2), 4, Activation.RELU, false);
    int skip = t;
    t = conv(builder, t, 20, Window.same(1, 1), 1, Activation.RELU6, true);
    t =
        builder.add(
            new Op.DepthwiseConv2d(1, Window.same(5, 1), Activation.NONE, false, DataType.INT8), t);
    t = conv(builder, t, 12, Window.same(1, 1), 1, Activation.NONE, true);
    t = builder.add(new Op.Add(Activation.RELU), skip, t);
    t = builder.add(new Op.GlobalAveragePool(), t);
    t = conv(builder, t, 10, Window.same(1, 1), 1, Activation.NONE, false);
    t = builder.add(new Op.Flatten(), t);
    return builder.build(builder.add(new Op.Softmax(), t));
  }

  private static int conv(
      GraphBuilder builder,
      int from,
      int filters,
      Window window,
      int groups,
      Activation activation,
      boolean batchNorm) {
    return builder.add(
        new Op.Conv2d(filters, window, groups, activation, batchNorm, DataType.INT8), from);
  }

  private static void check(Graph graph) {
    RandomGenerator random = NamedSeeds.generator(7);
    Weights weights = used(graph, random);
    byte[] pixels = new byte[Math.toIntExact(IMAGES * graph.inputTensor().shape().elements())];
    random.nextBytes(pixels);
    double[][][] expected = expected(graph, weights, pixels);
    try (TorchNetwork network = new TorchNetwork(graph, weights, false)) {
      int logits = graph.nodes().get(graph.nodes().size() - 1).inputs().get(0);
      assertArrayEquals(
          Arrays.stream(expected).flatMapToDouble(t -> Arrays.stream(t[logits])).toArray(),
          doubles(network.scores().of(reals(pixels), IMAGES)),
          TOLERANCE);
      float[] ranges = network.ranges().of(reals(pixels), IMAGES);
      for (int tensor = 0; tensor < graph.tensors().size(); tensor++) {
        int id = tensor;
        double[] all =
            Arrays.stream(expected).flatMapToDouble(t -> Arrays.stream(t[id])).sorted().toArray();
        assertEquals(all[0], ranges[2 * id], TOLERANCE, "least of tensor " + id);
        assertEquals(all[all.length - 1], ranges[2 * id + 1], TOLERANCE, "greatest of " + id);
      }
    }
    checkFolded(graph, weights, pixels, expected);
  }

  /** With batch norm folded the tensors are the same; so are their means and counts. */
  private static void checkFolded(
      Graph graph, Weights weights, byte[] pixels, double[][][] expected) {
    Graph folded = BatchNormFolding.fold(graph);
    try (TorchNetwork network =
        new TorchNetwork(folded, BatchNormFolding.fold(graph, weights), false)) {
      ActivationRanges wide = wideRanges(graph);
      float[] answer = network.observations(wide, 2).of(reals(pixels), IMAGES);
      int at = 0;
      for (Tensor tensor : graph.tensors()) {
        long below =
            Arrays.stream(expected)
                .flatMapToDouble(t -> Arrays.stream(t[tensor.id()]))
                .filter(value -> value < 0)
                .count();
        assertEquals((double) below, answer[at], 0.01 * IMAGES * tensor.shape().elements());
        assertEquals((double) IMAGES * tensor.shape().elements(), answer[at] + answer[at + 1], 0.1);
        at += 2;
      }
      for (Tensor tensor : graph.tensors()) {
        int channels = tensor.shape().channels();
        double sum = 0;
        for (double[][] image : expected) {
          for (int i = 0; i < image[tensor.id()].length; i += channels) {
            sum += image[tensor.id()][i];
          }
        }
        double count = IMAGES * tensor.shape().elements() / (double) channels;
        assertEquals(sum / count, answer[at], TOLERANCE, "mean of tensor " + tensor.id());
        at += channels;
      }
    }
  }

  /** What pixels stand for. */
  static float[] reals(byte[] pixels) {
    float[] reals = new float[pixels.length];
    Encoding.PIXELS.decode(pixels, 0, pixels.length, reals, 0);
    return reals;
  }

  private static ActivationRanges wideRanges(Graph graph) {
    Map<Integer, ActivationRanges.Range> ranges = new TreeMap<>();
    graph.tensors().forEach(t -> ranges.put(t.id(), new ActivationRanges.Range(-1000, 1000)));
    return new ActivationRanges(ranges);
  }

  private static double[][][] expected(Graph graph, Weights weights, byte[] pixels) {
    int size = pixels.length / IMAGES;
    double[][][] expected = new double[IMAGES][][];
    for (int i = 0; i < IMAGES; i++) {
      double[] image = new double[size];
      for (int j = 0; j < size; j++) {
        image[j] = (pixels[i * size + j] & 0xff) / 255.0;
      }
      expected[i] = new FloatForward(graph, weights).tensors(image);
    }
    return expected;
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  /** Weights as after training: no statistic, bias or scale is at its starting value. */
  private static Weights used(Graph graph, RandomGenerator random) {
    Weights fresh = new FreshWeights().startingWeights(graph, random);
    Map<String, float[]> used = new TreeMap<>();
    for (String name : fresh.names()) {
      float[] values = fresh.get(name).clone();
      for (int i = 0; i < values.length && !name.endsWith(".kernel"); i++) {
        values[i] += (float) (random.nextDouble() * 0.8 - 0.3);
      }
      used.put(name, values);
    }
    return new Weights(used);
  }
}
