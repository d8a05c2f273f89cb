package org.hilbench.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.hilbench.data.Encoding;
import org.hilbench.graph.ActivationRanges;
import org.hilbench.graph.ActivationRanges.Range;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Precision;
import org.hilbench.graph.QuantPolicy;
import org.hilbench.graph.Quantization.PerTensor;
import org.hilbench.graph.Weights;
import org.hilbench.oracle.IntegerOracle;
import org.hilbench.oracle.RandomNetworks;
import org.hilbench.quantize.BatchNormFolding;
import org.hilbench.quantize.PostTrainingQuantizer;
import org.hilbench.quantize.QuantizedModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What quantization-aware training trains is what the integers compute. */
class RoundedNetworkTest {
  private static final int NETWORKS = 7;

  @ParameterizedTest
  @EnumSource
  void theRoundedNetworkScoresAsItsIntegersDo(Precision precision) throws Exception {
    double[] steps = new double[NETWORKS];
    for (int seed = 0; seed < NETWORKS; seed++) {
      Graph graph = RandomNetworks.ofTheSpace(new SplittableRandom(seed));
      steps[seed] = steps(QuantPolicy.all(precision).applied(graph), seed, true);
    }
    assertTrue(median(steps) < 1, "scores differ by steps: " + Arrays.toString(steps));
  }

  @Test
  void soDoNetworksOfMixedPrecisionWhichTheFloatNetworkDoesNot() throws Exception {
    double[] rounded = new double[NETWORKS];
    double[] floats = new double[NETWORKS];
    for (int seed = 0; seed < NETWORKS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Graph graph = RandomNetworks.mixed(RandomNetworks.ofTheSpace(random), random);
      rounded[seed] = steps(graph, seed, true);
      floats[seed] = steps(graph, seed, false);
    }
    assertTrue(median(rounded) < 1, "scores differ by steps: " + Arrays.toString(rounded));
    assertTrue(median(floats) > 3, "unrounded, by steps: " + Arrays.toString(floats));
  }

  @Test
  void aRangeThatWasTooNarrowIsSeenInFull() throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    Graph graph = QuantPolicy.INT8.applied(RandomNetworks.ofTheSpace(random));
    Weights weights = RandomNetworks.weights(graph, random);
    byte[] pixels = RandomNetworks.input(graph, random);
    ActivationRanges seen = ranges(graph, weights, pixels);
    int first = graph.nodes().get(0).output();
    Map<Integer, Range> narrowed = new HashMap<>();
    graph.tensors().forEach(tensor -> narrowed.put(tensor.id(), seen.of(tensor.id())));
    narrowed.put(first, new Range(0, seen.of(first).max() / 2));
    try (TorchNetwork network = new TorchNetwork(graph, weights, true)) {
      network.round(new ActivationRanges(narrowed));
      float greatest = network.ranges().of(TorchNetworkTest.reals(pixels), 1)[2 * first + 1];
      assertEquals(seen.of(first).max(), greatest, 0.05 * greatest);
    }
  }

  private static double median(double[] values) {
    return Arrays.stream(values).sorted().toArray()[values.length / 2];
  }

  /** Mean difference of the scores from the integers', in steps of the scores' int8 scale. */
  private static double steps(Graph graph, int seed, boolean quantized) throws Exception {
    SplittableRandom random = new SplittableRandom(100 + seed);
    Weights weights = RandomNetworks.weights(graph, random);
    byte[] pixels = RandomNetworks.input(graph, random);
    ActivationRanges ranges = ranges(graph, weights, pixels);
    QuantizedModel model =
        PostTrainingQuantizer.quantize(graph, BatchNormFolding.fold(graph, weights), ranges);
    double[] integers = scores(model, codes(pixels));
    double scale = (ranges.of(head(graph)).max() - ranges.of(head(graph)).min()) / 255;
    try (TorchNetwork network = new TorchNetwork(graph, weights, quantized)) {
      if (quantized) {
        network.round(ranges);
      }
      float[] trained = network.scores().of(TorchNetworkTest.reals(pixels), 1);
      double sum = 0;
      for (int i = 0; i < integers.length; i++) {
        sum += Math.abs(integers[i] - trained[i]) / scale / integers.length;
      }
      return sum;
    }
  }

  private static ActivationRanges ranges(Graph graph, Weights weights, byte[] pixels) {
    Map<Integer, Range> ranges = new HashMap<>();
    try (TorchNetwork network = new TorchNetwork(graph, weights, false)) {
      float[] rows = network.ranges().of(TorchNetworkTest.reals(pixels), 1);
      for (int tensor = 0; tensor < graph.tensors().size(); tensor++) {
        ranges.put(tensor, new Range(rows[2 * tensor], rows[2 * tensor + 1]));
      }
    }
    return new ActivationRanges(ranges).including(graph.input(), Encoding.PIXELS.leastRange());
  }

  /** A pixel stands for its 255th part, an int8 code for the same from -128 up. */
  private static byte[] codes(byte[] pixels) {
    byte[] codes = pixels.clone();
    for (int i = 0; i < codes.length; i++) {
      codes[i] ^= (byte) 0x80;
    }
    return codes;
  }

  /** The head's output in front of flatten and softmax. */
  private static int head(Graph graph) {
    return graph.nodes().get(graph.nodes().size() - 3).output();
  }

  private static double[] scores(QuantizedModel model, byte[] codes) {
    int logits = model.graph().nodes().get(model.graph().nodes().size() - 1).inputs().get(0);
    byte[] bytes = IntegerOracle.run(model, codes).getOrDefault(logits, new byte[0]);
    PerTensor scheme = model.quantization(logits);
    double[] scores = new double[bytes.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = scheme.scale() * (double) (bytes[i] - scheme.zeroPoint());
    }
    return scores;
  }
}
