package org.hilbench.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.SplittableRandom;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Precision;
import org.hilbench.graph.QuantPolicy;
import org.hilbench.quantize.QuantizedModel;
import org.hilbench.reference.HostInterpreter;
import org.hilbench.reference.Kernels;
import org.hilbench.tflite.TfliteWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Networks of int4 weights and of int16 activations, in every tensor, against the oracle. */
class MixedPrecisionTest {
  @ParameterizedTest
  @EnumSource
  void everyTensorOfOnePrecisionEqualsTheOracle(Precision precision) throws Exception {
    for (int seed = 0; seed < 30; seed++) {
      Graph graph = RandomNetworks.ofTheSpace(new SplittableRandom(seed));
      requireExact(QuantPolicy.all(precision).applied(graph), seed);
    }
  }

  @Test
  void everyTensorOfMixedNetworksEqualsTheOracle() throws Exception {
    for (int seed = 0; seed < 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      requireExact(RandomNetworks.mixed(RandomNetworks.ofTheSpace(random), random), seed);
    }
  }

  /** A search measures accuracy by the optimized kernels: the same but for single steps. */
  @Test
  void theOptimizedKernelsAgreeWithinAFewStepsOfTheOutput() throws Exception {
    for (int seed = 0; seed < 30; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Graph graph = RandomNetworks.mixed(RandomNetworks.ofTheSpace(random), random);
      byte[] file = TfliteWriter.write(RandomNetworks.quantized(graph, random));
      byte[] input = RandomNetworks.input(graph, random);
      try (HostInterpreter exact = HostInterpreter.open(file, Kernels.REFERENCE);
          HostInterpreter fast = HostInterpreter.open(file, Kernels.OPTIMIZED)) {
        byte[] wanted = exact.invoke(input);
        byte[] actual = fast.invoke(input);
        for (int i = 0; i < wanted.length; i++) {
          assertEquals(wanted[i], actual[i], 12, "network " + seed + ", class " + i);
        }
      }
    }
  }

  private static void requireExact(Graph graph, int seed) throws Exception {
    SplittableRandom random = new SplittableRandom(1000 + seed);
    QuantizedModel model = RandomNetworks.quantized(graph, random);
    byte[] file = TfliteWriter.write(model);
    byte[] input = RandomNetworks.input(graph, random);
    assertEquals(
        Optional.empty(),
        Exactness.difference(model, file, input),
        () -> "network " + seed + ": " + model.graph().nodes());
  }
}
