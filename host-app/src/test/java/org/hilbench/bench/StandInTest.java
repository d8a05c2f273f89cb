package org.hilbench.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.hilbench.BenchException;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.BoardProfiles;
import org.hilbench.exec.ExecRunner;
import org.hilbench.firmware.FirmwareBuilder;
import org.hilbench.firmware.FirmwareImage;
import org.hilbench.firmware.FirmwareRequest;
import org.hilbench.firmware.KernelSet;
import org.hilbench.firmware.Workshop;
import org.hilbench.measure.Bytes;
import org.hilbench.measure.Ingredients;
import org.hilbench.measure.Measurement;
import org.hilbench.measure.MeasurementJob;
import org.hilbench.measure.MeasurementResult;
import org.hilbench.oracle.RandomNetworks;
import org.hilbench.testkit.SharedData;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.tflite.TfliteWriter;
import org.hilbench.verify.Agreement;
import org.hilbench.verify.Verifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A board that is not attached: sized by its own image, run on a machine of the same core. */
class StandInTest {
  private static final Path PROFILES = SharedData.repository().resolve("board-profiles");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"nucleo-l4r5zi, mps2-an386", "nucleo-h743zi2, mps2-an500", "nrf5340dk, mps2-an505"})
  void flashAndRamAreTheBoardsTheRunIsTheMachinesAndTheTimeAnEstimate(String id, String machine)
      throws Exception {
    TfliteModel model = model();
    BoardProfile board = Workshop.board(id);
    MeasurementJob job = MlperfTiny.job("1", model, id, List.of(MlperfTiny.wide(model)), 1);
    MeasurementResult result = bench(BoardProfiles.load(PROFILES)).measure(job, 1);
    Measurement measurement =
        assertInstanceOf(MeasurementResult.Completed.class, result).measurement();
    assertEquals(machine, measurement.standIn().orElseThrow());
    assertEquals("qemu " + machine, measurement.ranOn());

    FirmwareImage own =
        Workshop.built(
            Workshop.builder().build(new FirmwareRequest(model, board, KernelSet.REFERENCE)));
    assertEquals(own.sha256(), measurement.boardImageSha256());
    assertNotEquals(own.sha256(), measurement.ranImageSha256());
    assertEquals((double) own.flash().total(), measurement.flash().total().value());
    assertEquals((double) own.ram().arena(), measurement.sram().arenaAllocated().value());

    double instructions = measurement.timed().instructions().orElseThrow().value();
    double cycles = board.cycleModel().with("reference").cycles((long) instructions);
    assertEquals("estimated", measurement.timed().latency().origin());
    assertEquals(
        cycles / board.defaultOperatingPoint().clockHz(),
        measurement.timed().latency().value(),
        1e-9);
    Agreement agreement = Verifier.compare(measurement, MlperfTiny.expected(model, job));
    assertTrue(agreement.equal(), agreement::text);
  }

  @Test
  void theSameBoardWith24KibibytesIsRejectedWithRegionAndBytes() throws Exception {
    copied("mps2-an386", "", "");
    copied("nucleo-l4r5zi", "size: 640 KiB", "size: 24 KiB");
    TfliteModel model = Workshop.mlperf(MlperfTiny.KWS);
    List<Bytes> inputs = List.of(MlperfTiny.wide(model));
    Bench bench = bench(BoardProfiles.load(folder));
    Ingredients ingredients = bench.ingredients("nucleo-l4r5zi", "reference");
    MeasurementJob job = MlperfTiny.job("1", model, ingredients, inputs, 1);
    MeasurementResult result = bench.measure(job, 1);
    MeasurementResult.Rejected rejected =
        assertInstanceOf(MeasurementResult.Rejected.class, result);
    assertEquals("nucleo-l4r5zi", rejected.boardId());
    assertTrue(rejected.reason().contains("arena of nucleo-l4r5zi is too small"));
    assertTrue(rejected.limit().value() < 24 * 1024, rejected::reason);
    assertTrue(rejected.needed().value() > rejected.limit().value(), rejected::reason);
    String limit = String.format(Locale.ROOT, "there are %,d", (long) rejected.limit().value());
    assertTrue(rejected.reason().contains(limit + " left of SRAM"), rejected::reason);
  }

  private void copied(String id, String was, String is) throws Exception {
    String yaml = Files.readString(PROFILES.resolve(id).resolve("board.yaml"));
    Path copy = Files.createDirectories(folder.resolve(id));
    Files.writeString(copy.resolve("board.yaml"), was.isEmpty() ? yaml : yaml.replace(was, is));
  }

  private static Bench bench(BoardProfiles profiles) throws BenchException {
    FirmwareBuilder builder = Workshop.builder();
    return new Bench(
        profiles, ImageBuilder.of(builder), new SimulatedPlaces(profiles, new ExecRunner()));
  }

  private static TfliteModel model() throws Exception {
    SplittableRandom random = new SplittableRandom(3);
    return TfliteModel.parse(
        TfliteWriter.write(RandomNetworks.quantized(RandomNetworks.ofTheSpace(random), random)));
  }
}
