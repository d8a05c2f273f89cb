package org.hilbench.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.hilbench.tests.Program.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user gets for what cannot work: one clear line, the right exit code, no stack trace. */
class BadInputTest {
  @TempDir Path folder;

  @Test
  void unknownBoardsAreAnsweredWithTheKnownOnes() throws Exception {
    refused(2, "board 'nucleo-xyz' is unknown; known: ", search("--board", "nucleo-xyz"));
  }

  @Test
  void unknownStrategiesAreAnsweredWithTheKnownOnes() throws Exception {
    refused(
        2, "strategy 'magic' is unknown; known: evolution, random", search("--strategy", "magic"));
  }

  @Test
  void mixedPrecisionIsNotSearchedWithKernelsThatOnlyKnowInt8() throws Exception {
    refused(
        2,
        "quant 'mixed' has 4-bit and 16-bit layers",
        search("--quant", "mixed", "--kernels", "reference"));
  }

  @Test
  void unknownUnitsAreNamed() throws Exception {
    refused(2, "furlong", search("--constraint", "latency < 5 furlong"));
  }

  @Test
  void unknownQuantitiesAreNamed() throws Exception {
    refused(2, "latencyy", search("--constraint", "latencyy < 5 ms"));
  }

  @Test
  void misspeltFlagsAreNamed() throws Exception {
    refused(2, "--trails", search("--trails", "3"));
  }

  @Test
  void misspeltKeysOfAnExperimentFileAreNamed() throws Exception {
    Path file = folder.resolve("experiment.yaml");
    Files.writeString(file, "trials: 3\npopulatoin: 4\n");
    refused(2, "'populatoin' is unknown; known: ", search("--experiment", file.toString()));
  }

  @Test
  void aValueOutOfRangeIsNamed() throws Exception {
    refused(2, "trials is 0", search("--trials", "0"));
  }

  @Test
  void aMissingDataFileIsNamed() throws Exception {
    refused(2, "train-images-idx3-ubyte", search("--data", folder.toString()));
  }

  @Test
  void anEmptyFolderHoldsNoSearchToReport() throws Exception {
    refused(2, "holds no search", "report", folder.toString());
  }

  @Test
  void aFolderToReuseHasToHoldASearch() throws Exception {
    refused(2, "--reuse " + folder, search("--reuse", folder.toString()));
  }

  @Test
  void aTruncatedModelIsRefused() throws Exception {
    byte[] model = Files.readAllBytes(Program.shared("mlperf_tiny/kws_dscnn_int8.tflite"));
    Path cut = folder.resolve("cut.tflite");
    Files.write(cut, Arrays.copyOf(model, model.length / 2));
    refused(2, "cut.tflite", "measure", cut.toString());
  }

  @Test
  void anInputOfTheWrongSizeIsRefused() throws Exception {
    Path model = Program.shared("mlperf_tiny/kws_dscnn_int8.tflite");
    Path input = folder.resolve("input.bin");
    Files.write(input, new byte[12]);
    refused(2, "490", "measure", model.toString(), "--input", input.toString());
  }

  @Test
  void aFileThatIsNoStoreIsLeftAlone() throws Exception {
    Path out = Files.createDirectories(folder.resolve("run"));
    Path store = out.resolve("experiment.db");
    Files.writeString(store, "this is no database, it is a text of some length\n".repeat(40));
    refused(3, "experiment.db", "search", "--trials", "2", "--out", out.toString());
    assertTrue(Files.readString(store).startsWith("this is no database"));
  }

  private String[] search(String... flags) {
    List<String> all = new java.util.ArrayList<>(List.of("search", "--out"));
    all.add(folder.resolve("run").toString());
    all.addAll(List.of(flags));
    return all.toArray(String[]::new);
  }

  private static void refused(int exitCode, String said, String... arguments) throws Exception {
    Result result = Program.run(arguments);
    assertEquals(exitCode, result.exitCode(), result.stderr());
    assertTrue(result.stderr().contains(said), result.stderr());
    assertFalse(result.stderr().contains("\tat "), "a stack trace: " + result.stderr());
    assertEquals("", result.stdout());
  }
}
