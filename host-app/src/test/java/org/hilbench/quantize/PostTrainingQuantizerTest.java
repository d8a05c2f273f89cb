package org.hilbench.quantize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.hilbench.BenchException;
import org.hilbench.data.Encoding;
import org.hilbench.graph.Activation;
import org.hilbench.graph.ActivationRanges;
import org.hilbench.graph.ActivationRanges.Range;
import org.hilbench.graph.DataType;
import org.hilbench.graph.Graph;
import org.hilbench.graph.GraphBuilder;
import org.hilbench.graph.Op;
import org.hilbench.graph.Precision;
import org.hilbench.graph.QuantPolicy;
import org.hilbench.graph.Quantization.PerTensor;
import org.hilbench.graph.Shape;
import org.hilbench.graph.Weights;
import org.hilbench.graph.Window;
import org.hilbench.oracle.FloatNetwork;
import org.hilbench.oracle.IntegerOracle;
import org.hilbench.oracle.RandomNetworks;
import org.junit.jupiter.api.Test;

class PostTrainingQuantizerTest {

  @Test
  void theIntegersFollowTheFloatNetworkWithItsBatchNormsUnfolded() throws Exception {
    for (int seed = 0; seed < 30; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Graph graph =
          seed % 2 == 0 ? RandomNetworks.ofTheSpace(random) : RandomNetworks.beyondTheSpace(random);
      Weights weights = RandomNetworks.weights(graph, random);
      byte[] input = RandomNetworks.input(graph, random);
      double[] pixels = new double[input.length];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (input[i] + 128) / 255.0;
      }
      Map<Integer, double[]> floats = FloatNetwork.run(graph, weights, pixels);
      QuantizedModel model =
          PostTrainingQuantizer.quantize(
              graph,
              BatchNormFolding.fold(graph, weights),
              ranges(floats).including(graph.input(), Encoding.PIXELS.leastRange()));
      Map<Integer, byte[]> integers = IntegerOracle.run(model, input);
      for (int tensor : integers.keySet()) {
        double error = relativeError(model, tensor, integers, floats);
        assertTrue(error < 0.05, "network " + seed + ", tensor " + tensor + ": error " + error);
      }
    }
  }

  private static ActivationRanges ranges(Map<Integer, double[]> floats) {
    Map<Integer, Range> ranges = new HashMap<>();
    floats.forEach(
        (tensor, values) -> {
          float least = Float.POSITIVE_INFINITY;
          float most = Float.NEGATIVE_INFINITY;
          for (double value : values) {
            least = (float) Math.min(least, value);
            most = (float) Math.max(most, value);
          }
          ranges.put(tensor, new Range(least, most));
        });
    return new ActivationRanges(ranges);
  }

  /** Root mean square of the differences in parts of the tensor's range. */
  private static double relativeError(
      QuantizedModel model,
      int tensor,
      Map<Integer, byte[]> integers,
      Map<Integer, double[]> floats) {
    PerTensor scheme = model.quantization(tensor);
    byte[] bytes = integers.getOrDefault(tensor, new byte[0]);
    double[] values = floats.getOrDefault(tensor, new double[0]);
    double sum = 0;
    for (int i = 0; i < bytes.length; i++) {
      double real = (double) scheme.scale() * (bytes[i] - scheme.zeroPoint());
      sum += (real - values[i]) * (real - values[i]);
    }
    return Math.sqrt(sum / bytes.length) / (255 * scheme.scale());
  }

  @Test
  void aPixelOfTheInputBecomesItsByteLess128() throws Exception {
    QuantizedModel model = quantize(Activation.RELU, new Range(-1, 3), 1, 0);
    assertEquals(new PerTensor(1f / 255, -128), model.quantization(model.graph().input()));
  }

  @Test
  void theRangeBehindReluStartsAtZeroAndBehindRelu6EndsAtSix() throws Exception {
    QuantizedModel relu = quantize(Activation.RELU, new Range(-2, 10), 1, 0);
    assertEquals(new PerTensor(10f / 255, -128), relu.quantization(1));
    QuantizedModel relu6 = quantize(Activation.RELU6, new Range(-2, 10), 1, 0);
    assertEquals(new PerTensor(6f / 255, -128), relu6.quantization(1));
  }

  @Test
  void aRangeAlwaysHoldsZeroExactly() throws Exception {
    QuantizedModel above = quantize(Activation.NONE, new Range(2, 10), 1, 0);
    assertEquals(new PerTensor(10f / 255, -128), above.quantization(1));
    QuantizedModel below = quantize(Activation.NONE, new Range(-10, -2), 1, 0);
    assertEquals(new PerTensor(10f / 255, 127), below.quantization(1));
  }

  @Test
  void aTensorThatNeverMovesGetsAUsableScale() throws Exception {
    QuantizedModel dead = quantize(Activation.RELU, new Range(0, 0), 1, 0);
    assertEquals(new PerTensor(1f / 255, -128), dead.quantization(1));
  }

  @Test
  void aChannelWithoutWeightsKeepsItsBias() throws Exception {
    QuantizedModel model = quantize(Activation.NONE, new Range(-5, 5), 0, 3);
    byte[] output =
        IntegerOracle.run(model, new byte[16]).getOrDefault(model.graph().output(), new byte[1]);
    PerTensor scheme = model.quantization(model.graph().output());
    assertEquals(3, scheme.scale() * (output[0] - scheme.zeroPoint()), scheme.scale());
  }

  @Test
  void aBiasFarBeyondItsWeightsCoarsensTheirScaleInsteadOfOverflowing() throws Exception {
    QuantizedModel model = quantize(Activation.NONE, new Range(-5, 5), 1e-9f, 4);
    byte[] output =
        IntegerOracle.run(model, new byte[16]).getOrDefault(model.graph().output(), new byte[1]);
    PerTensor scheme = model.quantization(model.graph().output());
    assertEquals(4, scheme.scale() * (output[0] - scheme.zeroPoint()), scheme.scale());
  }

  @Test
  void aDivergedTrainingFailsTheTrialAndSaysWhere() {
    BenchException refusal =
        assertThrows(
            BenchException.class, () -> quantize(Activation.RELU, new Range(0, 1), Float.NaN, 0));
    assertEquals(BenchException.Kind.TRIAL, refusal.kind());
    assertTrue(String.valueOf(refusal.getMessage()).startsWith("n0.kernel[0] is NaN"));
    assertThrows(
        BenchException.class,
        () -> quantize(Activation.RELU, new Range(0, Float.POSITIVE_INFINITY), 1, 0));
  }

  @Test
  void fourBitWeightsBesideSixteenBitActivationsAreRefused() {
    Graph both = graph(Activation.RELU, DataType.INT16, DataType.INT4);
    Graph sums = graph(Activation.RELU, DataType.INT32, DataType.INT8);
    for (Graph graph : List.of(both, sums)) {
      IllegalArgumentException refusal =
          assertThrows(
              IllegalArgumentException.class,
              () -> PostTrainingQuantizer.quantize(graph, weights(1, 0), range(new Range(0, 1))));
      assertTrue(String.valueOf(refusal.getMessage()).contains(" wants INT"));
    }
  }

  @Test
  void fourBitWeightsStayWithinSevenStepsAndSixteenBitsHaveTheirZeroInTheMiddle() throws Exception {
    SplittableRandom random = new SplittableRandom(3);
    Graph graph = RandomNetworks.ofTheSpace(random);
    QuantizedModel narrow =
        RandomNetworks.quantized(QuantPolicy.all(Precision.W4A8).applied(graph), random);
    for (QuantizedParameters parameters : narrow.parameters().values()) {
      for (byte weight : parameters.weights()) {
        assertTrue(Math.abs(weight) <= 7, "weight " + weight);
      }
    }
    QuantizedModel wide =
        RandomNetworks.quantized(QuantPolicy.all(Precision.W8A16).applied(graph), random);
    wide.graph().tensors().stream()
        .filter(tensor -> tensor.type() == DataType.INT16)
        .forEach(tensor -> assertEquals(0, wide.quantization(tensor.id()).zeroPoint()));
  }

  private static QuantizedModel quantize(
      Activation activation, Range range, float weight, float bias) throws BenchException {
    Graph graph = graph(activation, DataType.INT8, DataType.INT8);
    return PostTrainingQuantizer.quantize(graph, weights(weight, bias), range(range));
  }

  private static ActivationRanges range(Range range) {
    return new ActivationRanges(Map.of(1, range));
  }

  private static Weights weights(float weight, float bias) {
    return new Weights(Map.of("n0.kernel", new float[] {weight}, "n0.bias", new float[] {bias}));
  }

  /** One 1x1 convolution of a 4x4 image to one channel. */
  private static Graph graph(Activation activation, DataType activations, DataType weights) {
    GraphBuilder builder = new GraphBuilder(new Shape(4, 4, 1), activations);
    Op conv = new Op.Conv2d(1, Window.same(1, 1), 1, activation, false, weights);
    return builder.build(builder.add(conv, builder.input()));
  }
}
