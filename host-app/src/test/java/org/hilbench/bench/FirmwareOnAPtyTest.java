package org.hilbench.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.hilbench.BenchException;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.BoardProfiles;
import org.hilbench.device.Device;
import org.hilbench.device.Patience;
import org.hilbench.device.Qemu;
import org.hilbench.device.RunOrder;
import org.hilbench.device.Statistics;
import org.hilbench.exec.CommandRunner;
import org.hilbench.exec.ExecRunner;
import org.hilbench.firmware.FirmwareImage;
import org.hilbench.firmware.FirmwareRequest;
import org.hilbench.firmware.KernelSet;
import org.hilbench.firmware.Workshop;
import org.hilbench.measure.Bytes;
import org.hilbench.measure.Measurement;
import org.hilbench.measure.MeasurementJob;
import org.hilbench.measure.MeasurementResult;
import org.hilbench.oracle.RandomNetworks;
import org.hilbench.testkit.SharedData;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.tflite.TfliteWriter;
import org.hilbench.verify.Verifier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * The image of a real part on QEMU's model of that part, over a pseudo-terminal: from the serial
 * port on it is the code path of a board on a cable.
 */
class FirmwareOnAPtyTest {
  private static final CommandRunner RUNNER = new ExecRunner();
  private static final Duration LIMIT = Duration.ofMinutes(5);

  @Test
  void anF405SaysWhoItIsAndRunsTheModelToTheReferencesBytes() throws Exception {
    saysWhoItIsAndRuns("netduinoplus2", "stm32f4", qemu(7));
  }

  static void saysWhoItIsAndRuns(String id, String target, String qemu) throws Exception {
    BoardProfile board = Workshop.board(id);
    TfliteModel model = model();
    FirmwareImage image = image(model, board);
    try (QemuOnAPty machine = QemuOnAPty.start(RUNNER, qemu, id, image.elf());
        Device device = open(board, machine, image)) {
      assertEquals(image.buildId(), device.identity().buildId());
      assertEquals(image.modelSha256().orElseThrow(), device.identity().modelSha256());
      assertEquals(target, device.identity().target());
      assertFalse(device.clock().confirmed());
      assertTrue(device.clock().clockHz().isEmpty() && device.clock().tickHz().isEmpty());
      assertFalse(device.clock().cause().isEmpty());
      runsToTheReferencesBytes(model, device);
      device.reset();
      assertEquals(image.buildId(), device.identity().buildId());
      runsToTheReferencesBytes(model, device);
    }
  }

  @Test
  void aTimeFromItsClockIsNotRecordedButAllElseIs() throws Exception {
    BoardProfile board = Workshop.board("netduinoplus2");
    TfliteModel model = model();
    try (QemuOnAPty machine =
        QemuOnAPty.start(RUNNER, qemu(7), board.id(), image(model, board).elf())) {
      MeasurementJob job = job(model, MeasurementJob.ON_BOARD);
      MeasurementResult result = bench(machine).measure(job, 1);
      Measurement measurement = ((MeasurementResult.Completed) result).measurement();
      assertTrue(measurement.timing().isEmpty() && measurement.energy().isEmpty());
      assertEquals("the oscillator in use has no ready bit", measurement.clock().cause());
      assertTrue(measurement.ops().stream().allMatch(op -> op.cost().isEmpty()));
      assertEquals("measured", measurement.sram().peak().origin());
      assertTrue(Verifier.compare(measurement, MlperfTiny.expected(model, job)).equal());
    }
  }

  @Test
  void anotherImageThanTheAskedOneIsNotRun() throws Exception {
    BoardProfile board = Workshop.board("netduinoplus2");
    FirmwareImage other = image(model(), board);
    SplittableRandom random = new SplittableRandom(8);
    TfliteModel asked =
        TfliteModel.parse(
            TfliteWriter.write(
                RandomNetworks.quantized(RandomNetworks.ofTheSpace(random), random)));
    try (QemuOnAPty machine = QemuOnAPty.start(RUNNER, qemu(7), board.id(), other.elf())) {
      MeasurementJob job = job(asked, MeasurementJob.ON_BOARD);
      Bench bench = bench(machine);
      BenchException refused = assertThrows(BenchException.class, () -> bench.measure(job, 1));
      assertTrue(String.valueOf(refused.getMessage()).contains("not the image that was built"));
    }
  }

  /** Its own machine counts instructions, so a measurement needs no clock there. */
  @Test
  void onItsOwnMachineTheBoardsImageIsTheOneThatRuns() throws Exception {
    qemu(7);
    TfliteModel model = model();
    MeasurementJob job = job(model, MeasurementJob.ON_QEMU);
    MeasurementResult result = bench().measure(job, 1);
    Measurement measurement = ((MeasurementResult.Completed) result).measurement();
    assertEquals("qemu netduinoplus2", measurement.ranOn());
    assertTrue(measurement.standIn().isEmpty());
    assertEquals(measurement.boardImageSha256(), measurement.ranImageSha256());
    assertEquals("estimated", measurement.timed().latency().origin());
    double instructions = measurement.timed().instructions().orElseThrow().value();
    double sum =
        measurement.ops().stream().mapToDouble(op -> op.cost().orElseThrow().value()).sum();
    assertTrue(instructions > model.macs(), instructions + " instructions");
    assertEquals(instructions, sum, instructions * 0.01, "the operators add up");
    assertTrue(Verifier.compare(measurement, MlperfTiny.expected(model, job)).equal());
  }

  private static void runsToTheReferencesBytes(TfliteModel model, Device device) throws Exception {
    byte[] input = MlperfTiny.wide(model).toArray();
    device.input(input);
    device.run(RunOrder.timed(1, 2, true, LIMIT));
    MeasurementJob job = job(model, MeasurementJob.ON_QEMU);
    byte[] expected = MlperfTiny.expected(model, job).get(0).output().toArray();
    assertArrayEquals(expected, device.output());
    Statistics statistics = device.statistics();
    assertEquals(2, statistics.ticks().size());
    assertTrue(statistics.stackUsed() > 300 && statistics.stackUsed() < statistics.stackBytes());
    assertEquals(model.operators().size(), device.ops().size());
  }

  private static Device open(BoardProfile board, QemuOnAPty machine, FirmwareImage image)
      throws BenchException {
    return new GivenPorts(FirmwareOnAPtyTest::noOther, Patience.simulated())
        .find(board, Place.ON_SERIAL + machine.port())
        .take()
        .opener()
        .open(image);
  }

  private static Place noOther(BoardProfile board, String on) {
    throw new AssertionError(board.id() + " on " + on);
  }

  private static Bench bench() throws BenchException {
    return bench(places -> places);
  }

  /** At which the port of the board is named. */
  private static Bench bench(QemuOnAPty machine) throws BenchException {
    return bench(places -> new NamedPort(Place.ON_SERIAL + machine.port(), places));
  }

  private static Bench bench(UnaryOperator<Place.Finder> found) throws BenchException {
    BoardProfiles profiles = BoardProfiles.load(SharedData.repository().resolve("board-profiles"));
    Place.Finder places =
        new GivenPorts(new SimulatedPlaces(profiles, RUNNER), Patience.simulated());
    return new Bench(profiles, ImageBuilder.of(Workshop.builder()), found.apply(places));
  }

  private static MeasurementJob job(TfliteModel model, String on) throws BenchException {
    List<Bytes> inputs = List.of(MlperfTiny.wide(model));
    return MeasurementJob.of(
            Bytes.of(model.bytes()), MlperfTiny.ingredients("netduinoplus2", "reference"), inputs)
        .on(on)
        .timed(0, 2)
        .job();
  }

  static TfliteModel model() throws Exception {
    SplittableRandom random = new SplittableRandom(3);
    return TfliteModel.parse(
        TfliteWriter.write(RandomNetworks.quantized(RandomNetworks.ofTheSpace(random), random)));
  }

  private static FirmwareImage image(TfliteModel model, BoardProfile board) throws Exception {
    return Workshop.built(
        Workshop.builder().build(new FirmwareRequest(model, board, KernelSet.REFERENCE)));
  }

  /** HILBENCH_QEMU names another than the one on PATH; the test aborts where it is too old. */
  static String qemu(int major) throws BenchException {
    String program =
        major < 10
            ? "qemu-system-arm"
            : Optional.ofNullable(System.getenv("HILBENCH_QEMU")).orElse("qemu-system-arm");
    Assumptions.assumeTrue(RUNNER.find(program).isPresent(), program + " is not installed");
    String version = Qemu.find(RUNNER, program).version();
    Assumptions.assumeTrue(
        Integer.parseInt(version.substring(0, version.indexOf('.'))) >= major,
        "QEMU "
            + version
            + " has no such machine, "
            + major
            + " has (HILBENCH_QEMU names another)");
    return program;
  }
}
