package org.hilbench.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.hilbench.board.BoardProfiles;
import org.hilbench.exec.ExecRunner;
import org.hilbench.firmware.FirmwareBuilder;
import org.hilbench.firmware.Workshop;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Precision;
import org.hilbench.graph.QuantPolicy;
import org.hilbench.measure.Bytes;
import org.hilbench.measure.Measurement;
import org.hilbench.measure.MeasurementJob;
import org.hilbench.measure.MeasurementResult;
import org.hilbench.oracle.RandomNetworks;
import org.hilbench.testkit.SharedData;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.tflite.TfliteWriter;
import org.hilbench.tflite.Width;
import org.hilbench.verify.Agreement;
import org.hilbench.verify.Verifier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Networks of 4-bit weights and of 16-bit activations, in their device form on simulated cores,
 * against TensorFlow Lite's reference kernels on the file: each operator's output.
 */
@Tag("sim")
class MixedPrecisionOnQemuTest {
  private static final long SEED = 4;

  @ParameterizedTest
  @CsvSource({
    "mps2-an386, 1, 6",
    "mps2-an500, 11, 2",
    "mps2-an505, 21, 2",
  })
  void everyOperatorOfMixedNetworksGivesTheReferencesBytes(String board, int first, int count)
      throws Exception {
    for (int seed = first; seed < first + count; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Graph graph = RandomNetworks.mixed(RandomNetworks.ofTheSpace(random), random);
      requireEqual(measured(graph, seed, board), "network " + seed);
    }
  }

  /** Operators that no network of the space has. */
  @ParameterizedTest
  @CsvSource({
    "mps2-an386, W4A8, WEIGHTS4, INT8",
    "mps2-an386, W8A16, INT16, INT16",
    "mps2-an500, W4A8, WEIGHTS4, INT8",
    "mps2-an500, W8A16, INT16, INT16",
    "mps2-an505, W4A8, WEIGHTS4, INT8",
    "mps2-an505, W8A16, INT16, INT16",
  })
  void fullyConnectedAndMaxPoolGiveTheReferencesBytes(
      String board, Precision precision, Width dense, Width pool) throws Exception {
    Graph ofTheSpace = RandomNetworks.ofTheSpace(new SplittableRandom(SEED));
    Graph graph = QuantPolicy.all(precision).applied(ofTheSpace);
    SplittableRandom random = new SplittableRandom(1000 + SEED);
    byte[] file = TfliteWriter.write(RandomNetworks.quantized(graph, random));
    Run run = measured(DenseAndMaxPool.in(file), graph, random, board);
    assertEquals(List.of(dense), widths(run.model, "FULLY_CONNECTED"));
    assertEquals(List.of(pool), widths(run.model, "MAX_POOL_2D"));
    requireEqual(run, precision + " on " + board);
  }

  private static List<Width> widths(TfliteModel model, String operator) {
    return model.operators().stream()
        .filter(one -> one.name().equals(operator))
        .map(one -> Width.of(model, one))
        .toList();
  }

  @Test
  void fewerBitsTakeLessFlashAndWiderActivationsAFewInstructionsMore() throws Exception {
    Measurement int8 = requireEqual(measured(Precision.W8A8), "int8");
    Measurement weights4 = requireEqual(measured(Precision.W4A8), "4-bit weights");
    Measurement wide = requireEqual(measured(Precision.W8A16), "16-bit activations");
    assertTrue(ratio(instructions(weights4), instructions(int8)) <= 1.25);
    assertTrue(ratio(instructions(wide), instructions(int8)) <= 1.5);
    double saved = int8.flash().model().value() - weights4.flash().model().value();
    double weights = int8.params().value();
    assertTrue(saved > 0.4 * weights, () -> saved + " bytes saved of " + weights + " parameters");
    assertTrue(int8.deviceFormSha256().isPresent());
  }

  private record Run(TfliteModel model, MeasurementJob job, Measurement measurement) {}

  private static Run measured(Precision precision) throws Exception {
    Graph graph = RandomNetworks.ofTheSpace(new SplittableRandom(SEED));
    return measured(QuantPolicy.all(precision).applied(graph), SEED, "mps2-an386");
  }

  private static Run measured(Graph graph, long seed, String board) throws Exception {
    SplittableRandom random = new SplittableRandom(1000 + seed);
    byte[] file = TfliteWriter.write(RandomNetworks.quantized(graph, random));
    return measured(TfliteModel.parse(file), graph, random, board);
  }

  private static Run measured(TfliteModel model, Graph graph, SplittableRandom random, String board)
      throws Exception {
    List<Bytes> inputs =
        List.of(
            Bytes.of(RandomNetworks.input(graph, random)),
            Bytes.of(RandomNetworks.input(graph, random)));
    MeasurementJob job =
        MeasurementJob.of(
                Bytes.of(model.bytes()), MlperfTiny.ingredients(board, "hilbench"), inputs)
            .on(MeasurementJob.ON_QEMU)
            .job();
    MeasurementResult.Completed done =
        assertInstanceOf(MeasurementResult.Completed.class, bench().measure(job, 1));
    return new Run(model, job, done.measurement());
  }

  private static Measurement requireEqual(Run run, String what) throws Exception {
    Agreement agreement =
        Verifier.compare(run.measurement, MlperfTiny.expected(run.model, run.job));
    assertEquals(run.model.operators().size(), agreement.ops().size());
    assertTrue(agreement.equal(), () -> what + ":\n" + agreement.text());
    return run.measurement;
  }

  private static double instructions(Measurement measurement) {
    return measurement.timed().instructions().orElseThrow().value();
  }

  private static double ratio(double value, double to) {
    return value / to;
  }

  private static Bench bench() throws Exception {
    ExecRunner runner = new ExecRunner();
    Assumptions.assumeTrue(runner.find("qemu-system-arm").isPresent(), "absent: qemu-system-arm");
    FirmwareBuilder builder = Workshop.builder();
    BoardProfiles profiles = BoardProfiles.load(SharedData.repository().resolve("board-profiles"));
    return new Bench(profiles, ImageBuilder.of(builder), new SimulatedPlaces(profiles, runner));
  }
}
