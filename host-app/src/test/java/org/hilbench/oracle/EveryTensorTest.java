package org.hilbench.oracle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Quantization.PerChannel;
import org.hilbench.quantize.QuantizedModel;
import org.hilbench.quantize.QuantizedParameters;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.tflite.TfliteWriter;
import org.junit.jupiter.api.Test;

class EveryTensorTest {
  private static final int OF_THE_SPACE = 300;
  private static final int BEYOND_THE_SPACE = 100;

  @Test
  void everyTensorOfThreeHundredNetworksOfTheSpaceEqualsTheOracle() throws Exception {
    Coverage coverage = new Coverage();
    for (int seed = 0; seed < OF_THE_SPACE; seed++) {
      Graph graph = RandomNetworks.ofTheSpace(new SplittableRandom(seed));
      requireExact(graph, seed);
      coverage.add(graph);
    }
    assertEquals(Set.of(), coverage.missing(partsOfTheSpace()), coverage::toString);
  }

  /** Every op, and each kernel with each stride on odd and even sides, and each activation. */
  private static List<String> partsOfTheSpace() {
    List<String> parts =
        new ArrayList<>(List.of("flatten", "softmax", "add odd high", "add even high"));
    for (String direction : List.of(" odd high", " even high", " odd wide", " even wide")) {
      parts.add("globalaveragepool" + direction);
      parts.add("conv2d 1x1 stride 1" + direction);
      for (String kernel : List.of("conv2d 3x3", "conv2d 5x5")) {
        parts.add(kernel + " stride 1" + direction);
        parts.add(kernel + " stride 2" + direction);
        parts.add(kernel.replace("conv2d", "depthwiseconv2d") + " stride 1" + direction);
        parts.add(kernel.replace("conv2d", "depthwiseconv2d") + " stride 2" + direction);
      }
    }
    for (String activation : List.of(" RELU", " RELU6")) {
      for (String kernel : List.of("conv2d 1x1", "conv2d 3x3", "conv2d 5x5")) {
        parts.add(kernel + activation);
      }
      parts.add("depthwiseconv2d 3x3" + activation);
      parts.add("depthwiseconv2d 5x5" + activation);
    }
    parts.add("conv2d 1x1 NONE");
    return parts;
  }

  @Test
  void everyTensorOfNetworksBeyondTheSpaceEqualsTheOracle() throws Exception {
    for (int seed = 0; seed < BEYOND_THE_SPACE; seed++) {
      requireExact(RandomNetworks.beyondTheSpace(new SplittableRandom(seed)), seed);
    }
  }

  @Test
  void oneFlippedBitOfOneWeightOrMultiplierOfTheFileIsNoticed() throws Exception {
    SplittableRandom random = new SplittableRandom(7);
    int weightsNoticed = 0;
    int multipliersNoticed = 0;
    int rounds = 40;
    for (int round = 0; round < rounds; round++) {
      Graph graph = RandomNetworks.ofTheSpace(random.split());
      QuantizedModel model = RandomNetworks.quantized(graph, random.split());
      byte[] input = RandomNetworks.input(graph, random.split());
      byte[] otherWeight = TfliteWriter.write(withFlippedWeight(model, random));
      byte[] otherMultiplier = TfliteWriter.write(withFlippedMultiplier(model, random));
      weightsNoticed += Exactness.difference(model, otherWeight, input).isPresent() ? 1 : 0;
      multipliersNoticed += Exactness.difference(model, otherMultiplier, input).isPresent() ? 1 : 0;
    }
    // A flip in a channel that saturates everywhere cannot show; nearly all others must.
    assertTrue(weightsNoticed >= 36, weightsNoticed + " of " + rounds + " flipped weights noticed");
    assertTrue(
        multipliersNoticed >= 36, multipliersNoticed + " of " + rounds + " multipliers noticed");
  }

  private static QuantizedModel withFlippedWeight(QuantizedModel model, SplittableRandom random) {
    QuantizedParameters old = model.of(model.graph().nodes().get(0));
    byte[] weights = old.weights().clone();
    weights[random.nextInt(weights.length)] ^= 1 << 5;
    return withFirst(model, weights, old.weightQuantization());
  }

  /** The fifth highest bit of the mantissa: the multiplier changes by 1.5 to 3 %. */
  private static QuantizedModel withFlippedMultiplier(
      QuantizedModel model, SplittableRandom random) {
    QuantizedParameters old = model.of(model.graph().nodes().get(0));
    List<Float> scales = new ArrayList<>(old.weightQuantization().scales());
    int channel = random.nextInt(scales.size());
    scales.set(
        channel, Float.intBitsToFloat(Float.floatToIntBits(scales.get(channel)) ^ (1 << 18)));
    return withFirst(model, old.weights(), new PerChannel(scales, old.weightQuantization().axis()));
  }

  private static QuantizedModel withFirst(
      QuantizedModel model, byte[] weights, PerChannel weightQuantization) {
    Map<Integer, QuantizedParameters> parameters = new HashMap<>(model.parameters());
    parameters.computeIfPresent(
        0,
        (node, old) ->
            new QuantizedParameters(
                old.weightType(), weights, weightQuantization, old.bias(), old.biasScales()));
    return new QuantizedModel(model.graph(), parameters);
  }

  private static void requireExact(Graph graph, int seed) throws Exception {
    SplittableRandom random = new SplittableRandom(1000 + seed);
    QuantizedModel model = RandomNetworks.quantized(graph, random);
    byte[] file = TfliteWriter.write(model);
    byte[] input = RandomNetworks.input(graph, random);
    Optional<String> difference = Exactness.difference(model, file, input);
    assertEquals(Optional.empty(), difference, () -> "network " + seed + ": " + graph.nodes());
    assertArrayEquals(file, TfliteWriter.write(model), "the same network gives the same bytes");
    TfliteModel read = TfliteModel.parse(file);
    assertEquals(graph.macs(), read.macs(), "MACs of network " + seed);
    assertEquals(graph.params(), read.params(), "parameters of network " + seed);
  }
}
