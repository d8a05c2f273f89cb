package org.hilbench.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.hilbench.BenchException;
import org.hilbench.board.BoardProfiles;
import org.hilbench.exec.ExecRunner;
import org.hilbench.firmware.FirmwareBuilder;
import org.hilbench.firmware.Workshop;
import org.hilbench.measure.Bytes;
import org.hilbench.measure.InProcessJobQueue;
import org.hilbench.measure.Ingredients;
import org.hilbench.measure.JobQueue;
import org.hilbench.measure.Measurement;
import org.hilbench.measure.MeasurementJob;
import org.hilbench.measure.MeasurementResult;
import org.hilbench.measure.SampleIngredients;
import org.hilbench.quantity.Metric;
import org.hilbench.quantity.Quantity;
import org.hilbench.testkit.SharedData;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.verify.Agreement;
import org.hilbench.verify.Expectation;
import org.hilbench.verify.Verifier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whole jobs: real compiler, real firmware, real QEMU, TensorFlow Lite's reference as the judge.
 */
@Tag("sim")
final class BenchOnQemuTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "mps2-an386, kws_dscnn_int8, 87330910",
    "mps2-an386, ic_resnet8_int8, 348339802",
    "mps2-an500, kws_dscnn_int8, 63639006",
    "mps2-an505, kws_dscnn_int8, 85648423"
  })
  void aPublishedModelGivesTheReferencesBytesAndTheKnownInstructions(
      String board, String name, double instructions) throws Exception {
    TfliteModel model = Workshop.mlperf(name);
    List<Bytes> inputs = List.of(MlperfTiny.wide(model), MlperfTiny.narrow(model, name));
    MeasurementJob job = MlperfTiny.job("1", model, board, inputs, 2);
    Measurement measurement = completed(bench(shipped()).measure(job, 1));

    List<Expectation> expected = MlperfTiny.expected(model, job);
    Agreement agreement = Verifier.compare(measurement, expected);
    assertTrue(agreement.equal(), agreement::text);
    for (int i = 0; i < inputs.size(); i++) {
      Bytes output = measurement.outputs().get(i).output();
      assertEquals(expected.get(i).output(), output, "output for input " + i);
    }
    assertEquals(model.operators().size(), agreement.ops().size());
    assertEquals(1, measurement.outputs().get(0).kept().size(), "the logits");

    Quantity counted = measurement.timed().instructions().orElseThrow();
    assertEquals("simulated", counted.origin());
    assertEquals(instructions, counted.value(), instructions * 0.01);
    double sum =
        measurement.ops().stream().mapToDouble(op -> op.cost().orElseThrow().value()).sum();
    assertEquals(counted.value(), sum, instructions * 0.01, "the operators add up");
    assertEquals(2, measurement.samples().ticks().size());
    assertEquals("estimated", measurement.timed().latency().origin());
    assertEquals("linked", measurement.flash().total().origin());
    assertEquals((double) model.macs(), measurement.quantity(Metric.MACS).orElseThrow().value());
    assertTrue(measurement.standIn().isEmpty());
    assertEquals(measurement.boardImageSha256(), measurement.ranImageSha256());
  }

  @Test
  void aWrongByteOfTheReferenceIsNamed() throws Exception {
    TfliteModel model = Workshop.mlperf(MlperfTiny.KWS);
    Bytes input = MlperfTiny.narrow(model, MlperfTiny.KWS);
    MeasurementJob job = MlperfTiny.job("1", model, "mps2-an386", List.of(input), 1);
    Measurement measurement = completed(bench(shipped()).measure(job, 1));
    Bytes other = MlperfTiny.wide(model);
    MeasurementJob otherJob = MlperfTiny.job("1", model, "mps2-an386", List.of(other), 1);
    Expectation ofOther = MlperfTiny.expected(model, otherJob).get(0);
    Expectation claimed =
        new Expectation(input, ofOther.output(), ofOther.kept(), ofOther.opCrcs());
    Agreement agreement = Verifier.compare(measurement, List.of(claimed));
    assertFalse(agreement.equal());
    assertTrue(agreement.text().contains("operator 0 (CONV_2D)"), agreement::text);
  }

  @ParameterizedTest
  @CsvSource({
    "64 KiB, 4 MiB, FLASH",
    "4 MiB, 8 KiB, RAM",
    "4 MiB, 24 KiB, arena",
    "4 MiB, 48 KiB, arena"
  })
  void aModelThatDoesNotFitIsRejectedWithRegionAndBytes(String flash, String ram, String what)
      throws Exception {
    TfliteModel model = Workshop.mlperf(MlperfTiny.IC);
    Bench bench = bench(sized(flash, ram));
    Ingredients ingredients = bench.ingredients("mps2-an386", "reference");
    MeasurementJob job =
        MlperfTiny.job("1", model, ingredients, List.of(MlperfTiny.wide(model)), 1);
    MeasurementResult result = bench.measure(job, 3);
    MeasurementResult.Rejected rejected =
        assertInstanceOf(MeasurementResult.Rejected.class, result);
    assertEquals(what, rejected.what(), rejected::reason);
    assertEquals(3, rejected.delivery());
    assertTrue(rejected.needed().value() > rejected.limit().value(), rejected::reason);
  }

  @Test
  void aJobGoesThroughQueueAndWorker() throws Exception {
    TfliteModel model = Workshop.mlperf(MlperfTiny.KWS);
    MeasurementJob job =
        MlperfTiny.job("q", model, "mps2-an386", List.of(MlperfTiny.wide(model)), 1);
    JobQueue queue = new InProcessJobQueue(Duration.ofSeconds(30), InstantSource.system());
    BenchWorker worker = BenchWorker.start(queue, bench(shipped()), Set.of());
    try {
      MeasurementResult result = queue.submit(job).get(2, TimeUnit.MINUTES);
      assertEquals("q", result.jobId());
      assertFalse(completed(result).ops().isEmpty());
      assertEquals(1, result.delivery());
    } finally {
      worker.close();
      queue.close();
    }
  }

  @Test
  void cancellingEndsTheRunAndItsQemuLongBeforeItsHundredInferences() throws Exception {
    TfliteModel model = Workshop.mlperf(MlperfTiny.IC);
    List<Bytes> inputs = List.of(MlperfTiny.wide(model));
    MeasurementJob job = MlperfTiny.job("long", model, "mps2-an386", inputs, 100);
    JobQueue queue = new InProcessJobQueue(Duration.ofSeconds(30), InstantSource.system());
    BenchWorker worker = BenchWorker.start(queue, bench(shipped()), Set.of());
    try {
      CompletableFuture<MeasurementResult> future = queue.submit(job);
      await(true);
      future.cancel(true);
      long begin = System.nanoTime();
      await(false);
      long millis = (System.nanoTime() - begin) / 1_000_000;
      assertTrue(millis < 20_000, () -> "took " + millis + " ms");
    } finally {
      worker.close();
      queue.close();
    }
  }

  @Test
  void whatIsWrongWithAJobIsSaidBeforeAnythingIsBuilt() throws Exception {
    TfliteModel model = Workshop.mlperf(MlperfTiny.KWS);
    Bench bench = bench(shipped());
    List<Bytes> tooShort = List.of(Bytes.of(new byte[5]));
    usage("input of 5 bytes; the model takes 490", bench, job(model, "mps2-an386", tooShort));
    List<Bytes> inputs = List.of(MlperfTiny.wide(model));
    Ingredients nowhere = SampleIngredients.of("nucleo", "reference");
    usage("board 'nucleo' is unknown", bench, MlperfTiny.job("1", model, nowhere, inputs, 1));
  }

  private static MeasurementJob job(TfliteModel model, String board, List<Bytes> inputs)
      throws BenchException {
    return MlperfTiny.job("1", model, board, inputs, 1);
  }

  private static void usage(String words, Bench bench, MeasurementJob job) {
    BenchException error = assertThrows(BenchException.class, () -> bench.measure(job, 1));
    assertEquals(BenchException.Kind.USAGE, error.kind());
    assertTrue(error.getMessage().contains(words), error::getMessage);
  }

  private static void await(boolean running) throws InterruptedException {
    for (int i = 0; i < 6000 && (qemus() > 0) != running; i++) {
      Thread.sleep(10);
    }
    assertEquals(running, qemus() > 0, "QEMU is running");
  }

  private static long qemus() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().command().orElse("").contains("qemu-system"))
        .count();
  }

  private static Measurement completed(MeasurementResult result) {
    return assertInstanceOf(MeasurementResult.Completed.class, result).measurement();
  }

  private static Bench bench(BoardProfiles profiles) throws BenchException {
    ExecRunner runner = new ExecRunner();
    Assumptions.assumeTrue(runner.find("qemu-system-arm").isPresent(), "absent: qemu-system-arm");
    FirmwareBuilder builder = Workshop.builder();
    return new Bench(profiles, ImageBuilder.of(builder), new SimulatedPlaces(profiles, runner));
  }

  private static BoardProfiles shipped() throws BenchException {
    return BoardProfiles.load(SharedData.repository().resolve("board-profiles"));
  }

  /** The shipped board with other memory sizes. */
  private BoardProfiles sized(String flash, String ram) throws Exception {
    Path shipped = SharedData.repository().resolve("board-profiles/mps2-an386/board.yaml");
    String yaml =
        Files.readString(shipped)
            .replace("0x00000000, size: 4 MiB", "0x00000000, size: " + flash)
            .replace("0x20000000, size: 4 MiB", "0x20000000, size: " + ram);
    Path board = Files.createDirectories(folder.resolve("mps2-an386"));
    Files.writeString(board.resolve("board.yaml"), yaml);
    return BoardProfiles.load(folder);
  }
}
