package org.hilbench.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.BoardProfiles;
import org.hilbench.board.UsbId;
import org.hilbench.device.Device;
import org.hilbench.device.Patience;
import org.hilbench.exec.ExecRunner;
import org.hilbench.firmware.FirmwareBuilder;
import org.hilbench.firmware.FirmwareImage;
import org.hilbench.firmware.FirmwareRequest;
import org.hilbench.firmware.KernelSet;
import org.hilbench.firmware.Workshop;
import org.hilbench.flash.BoardFlasher;
import org.hilbench.lab.AttachedBoards;
import org.hilbench.lab.Lab;
import org.hilbench.lab.Probe;
import org.hilbench.lab.ProbeLock;
import org.hilbench.measure.Bytes;
import org.hilbench.measure.Ingredients;
import org.hilbench.measure.Loading;
import org.hilbench.measure.Measurement;
import org.hilbench.measure.MeasurementJob;
import org.hilbench.measure.MeasurementResult;
import org.hilbench.oracle.RandomNetworks;
import org.hilbench.serial.PtyPair;
import org.hilbench.serial.SysfsTree;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.tflite.TfliteWriter;
import org.hilbench.verify.Agreement;
import org.hilbench.verify.Expectation;
import org.hilbench.verify.Verifier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The way of a real board, whole: seen by its USB ids and serial number, flashed by its profile's
 * tool, talked to through jSerialComm. Only its silicon is QEMU's.
 */
@Tag("sim")
final class AttachedPlacesTest {
  private static final UsbId ST_LINK = UsbId.parse("0483:374b");
  private static final Probe ONE = new Probe(ST_LINK, "AAA111");
  private static final Probe TWO = new Probe(ST_LINK, "BBB222");

  @TempDir private Path folder;
  private SysfsTree tree;
  private BoardProfiles boards;

  @BeforeEach
  void prepare() throws Exception {
    tree = new SysfsTree(folder.resolve("root"));
    boards = DeskBoard.profiles(folder);
  }

  @Test
  void anAdoptedBoardThatIsPluggedInIsFlashedAndMeasured() throws Exception {
    Assumptions.assumeTrue(
        new ExecRunner().find("qemu-system-arm").isPresent(), "absent: qemu-system-arm");
    TfliteModel model = Workshop.mlperf(MlperfTiny.KWS);
    FirmwareBuilder builder = Workshop.builder();
    try (PtyPair pair = PtyPair.open(folder, "line");
        DeskBoard board = new DeskBoard(pair.boardEnd())) {
      tree.plug("1-2", "AAA111", "ttyACM0", pair.hostEnd());
      Lab lab = Lab.EMPTY.adopting(ONE, boards.find("desk"));
      Bench bench = new Bench(boards, ImageBuilder.of(builder), places(board, lab));
      Measurement measurement = measured(bench, job(model));

      assertEquals(List.of("AAA111"), board.flashed());
      assertEquals("serial:" + tree.dev().resolve("ttyACM0"), measurement.ranOn());
      assertEquals("measured", measurement.timed().latency().origin());
      assertTrue(measurement.standIn().isEmpty() && measurement.timed().instructions().isEmpty());
      assertEquals(measurement.boardImageSha256(), measurement.ranImageSha256());
      MeasurementJob job = job(model);
      Agreement agreement = Verifier.compare(measurement, MlperfTiny.expected(model, job));
      assertTrue(agreement.equal(), agreement::text);
      ProbeLock.take(folder.resolve("locks"), ONE).orElseThrow().close();
    }
  }

  @Test
  void aBoardThatComesBackFromFlashingUnderAnotherNameIsFollowed() throws Exception {
    Assumptions.assumeTrue(
        new ExecRunner().find("qemu-system-arm").isPresent(), "absent: qemu-system-arm");
    TfliteModel model = Workshop.mlperf(MlperfTiny.KWS);
    try (PtyPair pair = PtyPair.open(folder, "line");
        DeskBoard board = new DeskBoard(pair.boardEnd())) {
      tree.plug("1-2", "AAA111", "ttyACM0", pair.hostEnd());
      board.whenFlashed(() -> comesBackAfterASecond(pair.hostEnd()));
      Lab lab = Lab.EMPTY.adopting(ONE, boards.find("desk"));
      Measurement measurement =
          measured(
              new Bench(boards, ImageBuilder.of(Workshop.builder()), places(board, lab)),
              job(model));
      assertEquals(List.of("AAA111"), board.flashed(), "once: nothing was tried again");
      assertEquals("measured", measurement.timed().latency().origin());
      assertEquals(
          tree.dev().resolve("ttyACM3"), tree.devices().list().get(0).ttys().get(0).device());
    }
  }

  private void comesBackAfterASecond(Path pty) {
    try {
      tree.unplug("1-2", "ttyACM0");
      Thread back = new Thread(() -> plugAfterASecond(pty));
      back.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void plugAfterASecond(Path pty) {
    try {
      Thread.sleep(1_000);
      tree.plug("1-5", "AAA111", "ttyACM3", pty);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aBoardIsFlashedForAnUploadOnlyWhereItDoesNotRunTheResidentFirmware() throws Exception {
    Assumptions.assumeTrue(
        new ExecRunner().find("qemu-system-arm").isPresent(), "absent: qemu-system-arm");
    try (PtyPair pair = PtyPair.open(folder, "line");
        DeskBoard board = new DeskBoard(pair.boardEnd())) {
      tree.plug("1-2", "AAA111", "ttyACM0", pair.hostEnd());
      Lab lab = Lab.EMPTY.adopting(ONE, boards.find("desk"));
      Bench bench = new Bench(boards, ImageBuilder.of(Workshop.builder()), places(board, lab));
      TfliteModel one = drawn(3);
      TfliteModel other = drawn(4);

      isUploaded(one, bench);
      isUploaded(other, bench);
      assertEquals(1, board.flashed().size(), "for the first model only");
      assertEquals(Loading.LINKED, measured(bench, uploaded(one).linked()).loading());
      assertEquals(2, board.flashed().size());
      isUploaded(other, bench);
      assertEquals(3, board.flashed().size(), "another image was on it");
    }
  }

  private void isUploaded(TfliteModel model, Bench bench) throws Exception {
    MeasurementJob job = uploaded(model);
    Measurement measurement = measured(bench, job);
    assertEquals(Loading.UPLOADED, measurement.loading());
    assertNotEquals(measurement.boardImageSha256(), measurement.ranImageSha256());
    Agreement agreement = Verifier.compare(measurement, MlperfTiny.expected(model, job));
    assertTrue(agreement.equal(), agreement::text);
  }

  @Test
  void theMetersEnergyIsInTheMeasurementAndItFeedsTheBoardFirst() throws Exception {
    Assumptions.assumeTrue(
        new ExecRunner().find("qemu-system-arm").isPresent(), "absent: qemu-system-arm");
    TfliteModel model = Workshop.mlperf(MlperfTiny.KWS);
    try (PtyPair pair = PtyPair.open(folder, "line");
        DeskBoard board = new DeskBoard(pair.boardEnd())) {
      tree.plug("1-2", "AAA111", "ttyACM0", pair.hostEnd());
      Lab lab = Lab.EMPTY.adopting(ONE, boards.find("desk"));
      WatchingMeter meter = new WatchingMeter(0.05);
      Bench bench =
          new Bench(
              boards,
              ImageBuilder.of(Workshop.builder()),
              places(board, lab),
              (profile, point, place) -> {
                assertEquals(Optional.of(ONE), place.probe());
                assertEquals(List.of(), board.flashed(), "the meter feeds the board: it is first");
                return Optional.of(meter);
              });
      Measurement measurement = measured(bench, job(model));
      double joules = 0.05 * 3 * WatchingMeter.HIGH / WatchingMeter.RATE_HZ;
      assertEquals("measured", measurement.energy().orElseThrow().origin());
      assertEquals(joules, measurement.energy().orElseThrow().value(), 1e-9);
      assertEquals(WatchingMeter.HIGH, measurement.energyReading().orElseThrow().samples());
      assertTrue(meter.closed());
    }
  }

  @Test
  void ofTwoEqualBoardsTheOneThatIsFreeIsFedMeteredAndFlashed() throws Exception {
    Assumptions.assumeTrue(
        new ExecRunner().find("qemu-system-arm").isPresent(), "absent: qemu-system-arm");
    TfliteModel model = Workshop.mlperf(MlperfTiny.KWS);
    try (PtyPair pair = PtyPair.open(folder, "line");
        DeskBoard board = new DeskBoard(pair.boardEnd());
        ProbeLock held = ProbeLock.take(folder.resolve("locks"), ONE).orElseThrow()) {
      tree.plug("1-2", "AAA111", "ttyACM0", Files.createFile(folder.resolve("pty")));
      tree.plug("1-3", "BBB222", "ttyACM1", pair.hostEnd());
      BoardProfile desk = boards.find("desk");
      Lab lab = Lab.EMPTY.adopting(ONE, desk).adopting(TWO, desk);
      List<Probe> metered = new ArrayList<>();
      Meters meters =
          (profile, point, place) -> {
            metered.add(place.probe().orElseThrow());
            assertEquals("serial:" + tree.dev().resolve("ttyACM1"), place.name());
            assertTrue(isHeld(TWO), "locked before its meter feeds it");
            return Optional.of(new WatchingMeter(0.05));
          };
      Bench bench =
          new Bench(boards, ImageBuilder.of(Workshop.builder()), places(board, lab), meters);
      Measurement measurement = measured(bench, job(model));
      assertEquals(List.of(TWO), metered, held::toString);
      assertEquals(List.of("BBB222"), board.flashed());
      assertEquals("serial:" + tree.dev().resolve("ttyACM1"), measurement.ranOn());
      assertTrue(!isHeld(TWO), "free again");
    }
  }

  @Test
  void aBoardWhoseMeterDoesNotAnswerIsFreeAgain() throws Exception {
    TfliteModel model = Workshop.mlperf(MlperfTiny.KWS);
    try (DeskBoard board = new DeskBoard(folder.resolve("pty"))) {
      tree.plug("1-2", "AAA111", "ttyACM0", Files.createFile(folder.resolve("pty")));
      Lab lab = Lab.EMPTY.adopting(ONE, boards.find("desk"));
      Meters dead =
          (profile, point, place) -> {
            throw new BenchException(Stage.RUN, BenchException.Kind.ENVIRONMENT, "no answer");
          };
      Bench bench =
          new Bench(boards, ImageBuilder.of(Workshop.builder()), places(board, lab), dead);
      assertThrows(BenchException.class, () -> bench.measure(job(model), 1));
      assertEquals(List.of(), board.flashed());
      assertTrue(!isHeld(ONE));
    }
  }

  @Test
  void aBoardWhoseClockFailedIsAskedAtTheLowerRateToo() throws Exception {
    Assumptions.assumeTrue(
        new ExecRunner().find("qemu-system-arm").isPresent(), "absent: qemu-system-arm");
    TfliteModel model = Workshop.mlperf(MlperfTiny.KWS);
    BoardProfile desk = boards.find("desk");
    FirmwareImage image =
        Workshop.built(
            Workshop.builder().build(new FirmwareRequest(model, desk, KernelSet.REFERENCE)));
    try (PtyPair pair = PtyPair.open(folder, "line");
        RateKeeper line = RateKeeper.before(pair.hostEnd(), folder);
        DeskBoard board = new DeskBoard(pair.boardEnd())) {
      tree.plug("1-2", "AAA111", "ttyACM0", line.port());
      Patience patience =
          new Patience(Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofMillis(300));
      Place place =
          places(board, Lab.EMPTY.adopting(ONE, desk), patience).find(desk, MeasurementJob.ON_AUTO);
      try (Place.Taken taken = place.take();
          Device device = taken.opener().open(image)) {
        assertEquals(image.buildId(), device.identity().buildId());
      }
      assertEquals(List.of("AAA111"), board.flashed(), "flashed once");
    }
  }

  private boolean isHeld(Probe probe) throws BenchException {
    Optional<ProbeLock> lock = ProbeLock.take(folder.resolve("locks"), probe);
    lock.ifPresent(ProbeLock::close);
    return lock.isEmpty();
  }

  @Test
  void aBoardThatNobodyAdoptedIsNeverWrittenTo() throws Exception {
    try (DeskBoard board = new DeskBoard(folder.resolve("pty"))) {
      tree.plug("1-2", "AAA111", "ttyACM0", Files.createFile(folder.resolve("pty")));
      assertEquals("the simulator", found(board, Lab.EMPTY));
      assertEquals(List.of(), board.flashed());
    }
  }

  @Test
  void aProbeAdoptedAsAnotherBoardDoesNotGetThisOnesImage() throws Exception {
    try (DeskBoard board = new DeskBoard(folder.resolve("pty"))) {
      tree.plug("1-2", "AAA111", "ttyACM0", Files.createFile(folder.resolve("pty")));
      Lab lab = Lab.EMPTY.adopting(ONE, boards.find("mps2-an386"));
      assertEquals("the simulator", found(board, lab));
    }
  }

  @Test
  void anAdoptedBoardThatIsNotPluggedInIsSimulated() throws Exception {
    try (DeskBoard board = new DeskBoard(folder.resolve("pty"))) {
      tree.plug("1-2", "AAA111", "ttyACM0", Files.createFile(folder.resolve("pty")));
      assertEquals("the simulator", found(board, Lab.EMPTY.adopting(TWO, boards.find("desk"))));
    }
  }

  @Test
  void aPortIsTakenByItsNameOnlyIfAnAdoptedBoardIsThere() throws Exception {
    try (DeskBoard board = new DeskBoard(folder.resolve("pty"))) {
      tree.plug("1-2", "AAA111", "ttyACM0", Files.createFile(folder.resolve("pty")));
      Lab lab = Lab.EMPTY.adopting(ONE, boards.find("desk"));
      Place.Finder places = places(board, lab);
      String port = tree.dev().resolve("ttyACM0").toString();
      assertEquals("serial:" + port, places.find(boards.find("desk"), "serial:" + port).name());
      assertEquals("serial:" + port, places.find(boards.find("desk"), "serial:AAA111").name());
      BenchException told =
          assertThrows(
              BenchException.class, () -> places.find(boards.find("desk"), "serial:/dev/ttyACM9"));
      assertTrue(
          told.getMessage().contains("adopted and attached: serial:" + port), told::getMessage);
    }
  }

  @Test
  void aPortIsKnownByTheLinksThatUdevMakesToo() throws Exception {
    try (DeskBoard board = new DeskBoard(folder.resolve("pty"))) {
      tree.plug("1-2", "AAA111", "ttyACM0", Files.createFile(folder.resolve("pty")));
      Path byId = Files.createDirectories(tree.dev().resolve("serial/by-id"));
      Path link = byId.resolve("usb-STMicroelectronics_STM32_STLink_AAA111-if02");
      Files.createSymbolicLink(link, Path.of("../../ttyACM0"));
      Path other = Files.createFile(folder.resolve("other"));
      Place.Finder places = places(board, Lab.EMPTY.adopting(ONE, boards.find("desk")));
      assertEquals(
          "serial:" + tree.dev().resolve("ttyACM0"),
          places.find(boards.find("desk"), "serial:" + link).name());
      assertEquals(
          "the simulator", places.find(boards.find("desk"), "serial:" + other).name(), "nobody's");
    }
  }

  @Test
  void aBoardInUseByAnotherProcessIsNotTaken() throws Exception {
    try (DeskBoard board = new DeskBoard(folder.resolve("pty"));
        ProbeLock held = ProbeLock.take(folder.resolve("locks"), ONE).orElseThrow()) {
      tree.plug("1-2", "AAA111", "ttyACM0", Files.createFile(folder.resolve("pty")));
      Place place =
          places(board, Lab.EMPTY.adopting(ONE, boards.find("desk")))
              .find(boards.find("desk"), MeasurementJob.ON_AUTO);
      TfliteModel model = Workshop.mlperf(MlperfTiny.KWS);
      Bench bench = new Bench(boards, ImageBuilder.of(Workshop.builder()), (profile, on) -> place);
      BenchException told =
          assertThrows(BenchException.class, () -> bench.measure(job(model), 1), held::toString);
      assertTrue(told.getMessage().contains("is in use by another hilbench"), told::getMessage);
      assertEquals(List.of(), board.flashed());
    }
  }

  @Test
  void aBoardThatAnotherJobHereHasIsWaitedFor() throws Exception {
    try (DeskBoard board = new DeskBoard(folder.resolve("pty"))) {
      tree.plug("1-2", "AAA111", "ttyACM0", Files.createFile(folder.resolve("pty")));
      Place place =
          places(board, Lab.EMPTY.adopting(ONE, boards.find("desk")))
              .find(boards.find("desk"), MeasurementJob.ON_AUTO);
      Place.Taken first = place.take();
      FutureTask<Place.Taken> second = new FutureTask<>(place::take);
      Thread other = new Thread(second);
      other.start();
      assertThrows(TimeoutException.class, () -> second.get(200, TimeUnit.MILLISECONDS));
      first.close();
      second.get(10, TimeUnit.SECONDS).close();
      other.join();
    }
  }

  private String found(DeskBoard board, Lab lab) throws BenchException {
    return places(board, lab).find(boards.find("desk"), MeasurementJob.ON_AUTO).name();
  }

  private Place.Finder places(DeskBoard board, Lab lab) throws BenchException {
    return places(board, lab, Patience.simulated());
  }

  private Place.Finder places(DeskBoard board, Lab lab, Patience patience) throws BenchException {
    AttachedBoards attached = AttachedBoards.of(tree.devices(), boards, lab);
    return new AttachedPlaces(
        attached,
        new BoardFlasher(board, attached::probes),
        folder.resolve("locks"),
        patience,
        (profile, on) ->
            new Place(
                "the simulator",
                profile,
                Optional.empty(),
                image -> {
                  throw new IllegalStateException("not to be opened");
                }));
  }

  private MeasurementJob job(TfliteModel model) throws BenchException {
    List<Bytes> inputs = List.of(MlperfTiny.narrow(model, MlperfTiny.KWS));
    return MeasurementJob.of(Bytes.of(model.bytes()), ingredients("reference"), inputs)
        .keeping(Expectation.logits(model))
        .job();
  }

  private Ingredients ingredients(String kernels) throws BenchException {
    return new Stock(boards, ImageBuilder.of(Workshop.builder()))
        .ingredients("desk", KernelSet.parse(kernels));
  }

  private static TfliteModel drawn(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    return TfliteModel.parse(
        TfliteWriter.write(RandomNetworks.quantized(RandomNetworks.ofTheSpace(random), random)));
  }

  private MeasurementJob uploaded(TfliteModel model) throws BenchException {
    List<Bytes> inputs = List.of(MlperfTiny.wide(model));
    return MeasurementJob.of(Bytes.of(model.bytes()), ingredients("hilbench"), inputs)
        .loaded(Loading.UPLOADED, false)
        .job();
  }

  private static Measurement measured(Bench bench, MeasurementJob job) throws BenchException {
    return assertInstanceOf(MeasurementResult.Completed.class, bench.measure(job, 1)).measurement();
  }
}
