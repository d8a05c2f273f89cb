package org.hilbench.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code hilbench measure} on models that are not ours. */
@Tag("sim")
class MeasureTest {
  /** Instruction counts: gcc 12.2, -O2, stock kernels; other compilers give others. */
  @ParameterizedTest
  @CsvSource({
    "kws_dscnn_int8,   mps2-an386,  87330910",
    "ic_resnet8_int8,  mps2-an386, 348339802",
    "kws_dscnn_int8,   mps2-an500,  63639006",
    "ic_resnet8_int8,  mps2-an500, 209021799",
    "kws_dscnn_int8,   mps2-an505,  85648423",
    "ic_resnet8_int8,  mps2-an505, 344978243"
  })
  void aPublishedModelRunsToTheReferenceBytes(String name, String board, long instructions)
      throws Exception {
    Path model = Program.shared("mlperf_tiny/" + name + ".tflite");
    Program.Result result =
        Program.run(
            "measure", model.toString(), "--board", board, "--kernels", "reference", "--json");
    assertEquals(0, result.exitCode(), result.stderr());
    JsonNode json = result.json();
    assertEquals(board, json.get("board").textValue());
    assertEquals("estimated", json.get("origin").textValue());
    assertTrue(json.get("standIn").isNull());
    assertTrue(json.get("outputEqualsReference").booleanValue(), result.stdout());
    if (json.get("toolchain").textValue().contains("12.2")) {
      assertEquals(1.0, json.get("instructions").asDouble() / instructions, 0.01);
    }
    assertFalse(json.get("ops").isEmpty());
    assertEquals(
        json.get("peakSramBytes").asLong(),
        json.get("arenaBytes").asLong()
            + json.get("stackBytes").asLong()
            + json.get("staticRamBytes").asLong());
  }

  /** The most instructions that a network may take, and the most of arena; docs/kernels.md. */
  @ParameterizedTest
  @CsvSource({
    "kws_dscnn_int8,   mps2-an386,  6500000, 24000",
    "ic_resnet8_int8,  mps2-an386, 26000000, 62000",
    "kws_dscnn_int8,   mps2-an500,  6500000, 24000",
    "kws_dscnn_int8,   mps2-an505,  6500000, 24000"
  })
  void theDefaultKernelsGiveTheReferencesBytesWithinTheirTargets(
      String name, String board, long instructions, long arena) throws Exception {
    Path model = Program.shared("mlperf_tiny/" + name + ".tflite");
    Program.Result result = Program.run("measure", model.toString(), "--board", board, "--json");
    assertEquals(0, result.exitCode(), result.stderr());
    JsonNode json = result.json();
    assertEquals("hilbench", json.get("tflm").get("kernels").textValue());
    assertTrue(json.get("outputEqualsReference").booleanValue(), result.stdout());
    assertTrue(json.get("instructions").asLong() <= instructions, result.stdout());
    assertTrue(json.get("arenaBytes").asLong() <= arena, result.stdout());
    assertEquals(64, json.get("deviceFormSha256").textValue().length());
    for (JsonNode op : json.get("opsAgainstReference")) {
      boolean rounds = op.get("op").textValue().equals("FULLY_CONNECTED");
      assertTrue(rounds || op.get("equality").textValue().equals("EQUAL"), op::toString);
    }
  }
}
