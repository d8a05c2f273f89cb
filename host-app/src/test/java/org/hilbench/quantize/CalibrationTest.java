package org.hilbench.quantize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.hilbench.graph.Activation;
import org.hilbench.graph.ActivationRanges;
import org.hilbench.graph.ActivationRanges.Range;
import org.hilbench.graph.DataType;
import org.hilbench.graph.Graph;
import org.hilbench.graph.GraphBuilder;
import org.hilbench.graph.Node;
import org.hilbench.graph.Op;
import org.hilbench.graph.Shape;
import org.hilbench.graph.Weights;
import org.hilbench.graph.Window;
import org.hilbench.oracle.FloatNetwork;
import org.hilbench.oracle.RandomNetworks;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  /** Bell-shaped values of deviation 1, and one in 100,000 at 40. */
  private static float[] bellWithAnOutlier(Range seen) {
    float[] histogram = new float[Observations.BINS];
    for (int i = 0; i < histogram.length; i++) {
      double value = seen.min() + (seen.max() - seen.min()) * (i + 0.5) / histogram.length;
      histogram[i] = (float) Math.rint(4000 * Math.exp(-value * value / 2));
    }
    histogram[histogram.length - 1] = 1;
    return histogram;
  }

  @Test
  void onlyMinMaxKeepsAnOutlierAtTheCostOfEveryOtherValue() {
    Range seen = new Range(-4, 40);
    float[] histogram = bellWithAnOutlier(seen);
    assertEquals(seen, Calibration.MIN_MAX.of(histogram, seen));
    double whole = Calibration.MSE.loss(histogram, seen, seen);
    for (Calibration calibration :
        new Calibration[] {Calibration.PERCENTILE, Calibration.MSE, Calibration.ENTROPY}) {
      Range chosen = calibration.of(histogram, seen);
      assertTrue(chosen.max() < 38, calibration + " chose " + chosen);
    }
    assertTrue(Calibration.PERCENTILE.of(histogram, seen).max() < 5);
    Range least = Calibration.MSE.of(histogram, seen);
    assertTrue(Calibration.MSE.loss(histogram, seen, least) <= whole);
  }

  @Test
  void anEvenSpreadKeepsItsWholeRange() {
    Range seen = new Range(0, 6);
    float[] histogram = new float[Observations.BINS];
    Arrays.fill(histogram, 100);
    assertTrue(Calibration.MSE.of(histogram, seen).max() > 5.8f);
    assertTrue(Calibration.ENTROPY.of(histogram, seen).max() > 5.8f);
    assertTrue(Calibration.PERCENTILE.of(histogram, seen).max() > 5.9f);
  }

  @Test
  void aTensorThatNeverMovesKeepsItsRange() {
    Observations dead =
        new Observations(
            new ActivationRanges(Map.of(3, new Range(0, 0))),
            Map.of(3, new float[Observations.BINS]),
            Map.of());
    for (Calibration calibration : Calibration.values()) {
      assertEquals(new Range(0, 0), calibration.ranges(dead).of(3));
    }
  }

  @Test
  void equalizingChangesWeightsButNotWhatTheNetworkComputes() {
    int changed = 0;
    for (int seed = 0; seed < 12; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Graph graph =
          seed % 2 == 0 ? RandomNetworks.ofTheSpace(random) : RandomNetworks.beyondTheSpace(random);
      Weights folded = BatchNormFolding.fold(graph, RandomNetworks.weights(graph, random));
      Weights equalized = CrossLayerEqualization.equalized(graph, folded);
      Graph plain = BatchNormFolding.fold(graph);
      double[] input = pixels(RandomNetworks.input(graph, random));
      double[] before = output(plain, folded, input);
      double[] after = output(plain, equalized, input);
      for (int i = 0; i < before.length; i++) {
        assertEquals(before[i], after[i], 1e-4 * (1 + Math.abs(before[i])), "network " + seed);
      }
      for (String name : folded.names()) {
        changed += Arrays.equals(folded.get(name), equalized.get(name)) ? 0 : 1;
      }
    }
    assertTrue(changed > 20, changed + " arrays changed");
  }

  @Test
  void aCorrectedBiasTakesBackWhatRoundingTheWeightsAddsOnAverage() throws Exception {
    GraphBuilder builder = new GraphBuilder(new Shape(4, 4, 3), DataType.INT8);
    Op conv = new Op.Conv2d(5, Window.same(1, 1), 1, Activation.NONE, false, DataType.INT4);
    Graph graph = builder.build(builder.add(conv, builder.input()));
    Weights weights = RandomNetworks.weights(graph, new SplittableRandom(4));
    ActivationRanges ranges = new ActivationRanges(Map.of(1, new Range(-3, 3)));
    float[] means = {0.2f, 0.5f, 0.8f};
    Observations observed = new Observations(ranges, Map.of(), Map.of(0, means));
    Weights corrected = BiasCorrection.corrected(graph, weights, ranges, observed);
    QuantizedParameters integers =
        PostTrainingQuantizer.quantize(graph, corrected, ranges).of(graph.nodes().get(0));
    Node node = graph.nodes().get(0);
    for (int c = 0; c < 5; c++) {
      double wanted = weights.get(node, "bias")[c];
      double scale = integers.weightQuantization().scales().get(c);
      double rounded = integers.bias()[c] * (double) integers.biasScales().get(c);
      double uncorrected = wanted;
      for (int i = 0; i < 3; i++) {
        wanted += weights.get(node, "kernel")[3 * c + i] * means[i];
        rounded += integers.weights()[3 * c + i] * scale * means[i];
        uncorrected += integers.weights()[3 * c + i] * scale * means[i];
      }
      assertEquals(wanted, rounded, 1e-3);
      assertTrue(Math.abs(uncorrected - wanted) > 2e-3, "channel " + c + " was right before");
    }
  }

  private static double[] at(Map<Integer, double[]> tensors, int id) {
    return tensors.getOrDefault(id, new double[0]);
  }

  private static double[] pixels(byte[] input) {
    double[] pixels = new double[input.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (input[i] + 128) / 255.0;
    }
    return pixels;
  }

  private static double[] output(Graph graph, Weights weights, double[] input) {
    return at(FloatNetwork.run(graph, weights, input), graph.output());
  }
}
