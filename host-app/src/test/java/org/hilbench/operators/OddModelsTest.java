package org.hilbench.operators;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.Optional;
import org.hilbench.firmware.HostEngine;
import org.hilbench.firmware.KernelSet;
import org.hilbench.testkit.SharedData;
import org.hilbench.tflite.TfliteModel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Small models of kinds that real files have, each of which went wrong once. */
class OddModelsTest {
  private static final String EQUAL = "equal";

  @ParameterizedTest
  @CsvSource({
    "relu6_requant, equal, quantized otherwise",
    "g_relu_0.05_0.02353, equal, quantized otherwise",
    "conv_then_relu6, equal, quantized otherwise",
    "subg_full_0, equal, divides scales",
    "prelug_1, equal, divides scales",
    "rnn_v2_hp_5to8, half_pixel_centers, half_pixel_centers",
    "rnn_v2_hp_down, half_pixel_centers, half_pixel_centers",
    "variable_tensor, a variable, a variable",
    "dangling_tensor, equal, equal",
    "split_unused_output, equal, equal",
    "pad_int64, equal, of type INT64",
    "ss_ellipsis, ellipsis, ellipsis",
    "mean_3d_time, equal, no int8 kernel",
    "maximum_vec, equal, equal",
    "l2norm, equal, equal",
    "add_channel_vec, equal, equal",
    "output_also_consumed, equal, equal",
    "dynamic_flatten, (SHAPE version 1) has no int8 kernel, (SHAPE version 1) has no int8 kernel",
    "esc_name, equal, equal",
  })
  void eachIsEqualOrRefusedByNameBeforeTheBuild(String name, String hilbench, String reference)
      throws Exception {
    TfliteModel model =
        TfliteModel.parse(Files.readAllBytes(SharedData.data("odd_models/" + name + ".tflite")));
    assertIs(model, KernelSet.HILBENCH, hilbench);
    assertIs(model, KernelSet.REFERENCE, reference);
  }

  private static void assertIs(TfliteModel model, KernelSet kernels, String expected)
      throws Exception {
    Optional<String> refusal = HostEngine.refusal(model, kernels);
    if (!expected.equals(EQUAL)) {
      assertTrue(refusal.orElse("not refused").contains(expected), refusal::toString);
      return;
    }
    assertEquals(Optional.empty(), refusal);
    try (EnginePipe engine = new EnginePipe(HostEngine.build(kernels))) {
      assertEquals(
          Optional.empty(),
          engine.fault(Answers.of(model, new Chance(1)), HostEngine.linked(model, kernels)));
    }
  }
}
