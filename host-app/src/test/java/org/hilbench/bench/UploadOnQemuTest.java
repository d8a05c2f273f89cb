package org.hilbench.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.hilbench.BenchException;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.BoardProfiles;
import org.hilbench.device.Device;
import org.hilbench.device.DeviceException;
import org.hilbench.device.ModelPlace;
import org.hilbench.device.ModelStatus;
import org.hilbench.device.Patience;
import org.hilbench.device.ProtocolDevice;
import org.hilbench.device.RunOrder;
import org.hilbench.device.Upload;
import org.hilbench.exec.CommandRunner;
import org.hilbench.exec.ExecRunner;
import org.hilbench.firmware.FirmwareImage;
import org.hilbench.firmware.FirmwareRequest;
import org.hilbench.firmware.KernelSet;
import org.hilbench.firmware.ResidentRequest;
import org.hilbench.firmware.Workshop;
import org.hilbench.graph.Graph;
import org.hilbench.measure.Bytes;
import org.hilbench.measure.Ingredients;
import org.hilbench.measure.Loading;
import org.hilbench.measure.Measurement;
import org.hilbench.measure.MeasurementJob;
import org.hilbench.measure.MeasurementResult;
import org.hilbench.oracle.RandomNetworks;
import org.hilbench.protocol.ErrorCode;
import org.hilbench.protocol.Link;
import org.hilbench.serial.SerialLink;
import org.hilbench.testkit.SharedData;
import org.hilbench.tflite.DeviceForm;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.tflite.TfliteWriter;
import org.hilbench.verify.Agreement;
import org.hilbench.verify.Verifier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models that go over the line into real resident firmware on QEMU's machines. */
@Tag("sim")
final class UploadOnQemuTest {
  private static final CommandRunner RUNNER = new ExecRunner();
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  void anUploadedModelGivesTheNumbersOfTheLinkedOne() throws Exception {
    TfliteModel model = mixed(3);
    Measurement linked = measured(job(model, "mps2-an386", "hilbench", Loading.LINKED));
    MeasurementJob job = job(model, "mps2-an386", "hilbench", Loading.UPLOADED);
    Measurement uploaded = measured(job);

    Agreement agreement = Verifier.compare(uploaded, MlperfTiny.expected(model, job));
    assertTrue(agreement.equal(), agreement::text);
    assertEquals(Loading.UPLOADED, uploaded.loading());
    assertEquals(Optional.of(ModelPlace.RAM), uploaded.modelPlace());
    assertEquals(linked.outputs(), uploaded.outputs());
    assertEquals(linked.timing(), uploaded.timing(), "the same instructions");
    assertEquals(linked.flash(), uploaded.flash(), "of a link of its own");
    assertEquals(linked.deviceFormSha256(), uploaded.deviceFormSha256());
    assertEquals(linked.boardImageSha256(), uploaded.boardImageSha256());
    assertNotEquals(uploaded.boardImageSha256(), uploaded.ranImageSha256());
    assertEquals(linked.sram().arenaUsed(), uploaded.sram().arenaUsed());
    double more = uploaded.sram().stack().value() - linked.sram().stack().value();
    assertTrue(Math.abs(more) <= 64, more + " bytes of stack more");
  }

  @Test
  void oneResidentSessionTakesOneModelAfterTheOther() throws Exception {
    BoardProfile board = Workshop.board("netduinoplus2");
    FirmwareImage image = resident(board, KernelSet.REFERENCE);
    try (QemuOnAPty machine = QemuOnAPty.start(RUNNER, qemu(), board.id(), image.elf());
        Device device = greeted(SerialLink.open(machine.port(), board.uart().bauds()))) {
      assertEquals(image.buildId(), device.identity().buildId());
      assertEquals(ModelStatus.NONE, device.identity().modelStatus());
      assertTrue(device.identity().capabilities().upload());
      for (TfliteModel model : List.of(known(), tiny(), known())) {
        device.upload(upload(model, model.bytes()));
        assertEquals(model.sha256(), device.identity().modelSha256());
        assertEquals(Optional.of(ModelPlace.RAM), device.identity().modelPlace());
        runsToTheReferencesBytes(model, device);
      }
    }
  }

  /** QEMU's STM32F405 has no flash controller; the MPS2 boards have no such flash. */
  @Test
  void flashThatNobodyCanProgramIsSaidToBeSoAndRamStaysTheWay() throws Exception {
    BoardProfile board = Workshop.board("netduinoplus2");
    TfliteModel model = tiny();
    Upload upload = upload(model, model.bytes()).into(ModelPlace.FLASH);
    FirmwareImage image = resident(board, KernelSet.REFERENCE);
    try (QemuOnAPty machine = QemuOnAPty.start(RUNNER, qemu(), board.id(), image.elf());
        Device device = greeted(SerialLink.open(machine.port(), board.uart().bauds()))) {
      assertTrue(device.identity().flashSlotBytes().orElseThrow() > 500_000);
      DeviceException.FlashFailed failed =
          assertThrows(DeviceException.FlashFailed.class, () -> device.upload(upload));
      String words = String.valueOf(failed.getMessage());
      assertTrue(words.contains("the flash controller does not answer"), words);
      device.upload(upload.into(ModelPlace.RAM));
      runsToTheReferencesBytes(model, device);
    }
    try (QemuOnAPty machine = resident();
        Device device = greeted(line(machine))) {
      assertTrue(device.identity().flashSlotBytes().isEmpty());
      DeviceException.Refused refused =
          assertThrows(DeviceException.Refused.class, () -> device.upload(upload));
      assertEquals(ErrorCode.NOT_SUPPORTED, refused.code());
    }
  }

  @Test
  void whatTheLineSpoilsIsSentAgain() throws Exception {
    TfliteModel model = Workshop.mlperf(MlperfTiny.KWS);
    try (QemuOnAPty machine = resident();
        Device device = greeted(new SpoiltUpload(line(machine), 11))) {
      device.upload(upload(model, DeviceForm.of(model).bytes()));
      runsToTheReferencesBytes(model, device);
    }
  }

  @Test
  void aResetInTheMiddleIsSeenAndTheNextUploadWorks() throws Exception {
    TfliteModel model = Workshop.mlperf(MlperfTiny.KWS);
    byte[] form = DeviceForm.of(model).bytes();
    try (QemuOnAPty machine = resident()) {
      try (Device device = greeted(new ResettingUpload(line(machine), 20))) {
        assertThrows(DeviceException.Reset.class, () -> device.upload(upload(model, form)));
      }
      try (Device device = greeted(line(machine))) {
        assertEquals(ModelStatus.NONE, device.identity().modelStatus());
        device.upload(upload(model, form));
        runsToTheReferencesBytes(model, device);
      }
    }
  }

  @Test
  void aModelThatIsTooLargeOrForOtherFirmwareIsRefusedWithWhatToDo() throws Exception {
    BoardProfile board = Workshop.board("mps2-an386");
    TfliteModel model = int8(3);
    try (QemuOnAPty machine = resident();
        Device device = greeted(line(machine))) {
      Upload huge = new Upload(new byte[5_000_000], "ab".repeat(32), 784, 20);
      DeviceException.TooLarge refused =
          assertThrows(DeviceException.TooLarge.class, () -> device.upload(huge));
      String words = String.valueOf(refused.getMessage());
      assertTrue(words.contains("5,000,000"), words);
    }
    FirmwareImage linked =
        Workshop.built(
            Workshop.builder().build(new FirmwareRequest(model, board, KernelSet.REFERENCE)));
    try (QemuOnAPty machine = QemuOnAPty.start(RUNNER, qemu(), board.id(), linked.elf());
        Device device = greeted(line(machine))) {
      DeviceException.Refused refused =
          assertThrows(
              DeviceException.Refused.class, () -> device.upload(upload(model, model.bytes())));
      assertEquals(ErrorCode.NOT_SUPPORTED, refused.code());
    }
  }

  /** The slot is too small for its bytes; the slot is large enough, but its arena then is not. */
  @ParameterizedTest
  @CsvSource({
    "88 KiB, of RAM that the resident firmware, of RAM that the resident firmware",
    "112 KiB, too little of RAM, could not prepare the model beside itself"
  })
  void aModelThatFitsOnlyWhenLinkedIsToldToBeLinkedOrIsWhereThatWasAllowed(
      String ram, String why, String linkedWhy) throws Exception {
    TfliteModel model = Workshop.mlperf(MlperfTiny.IC);
    Bench bench = bench(withRam(ram));
    Ingredients ingredients = bench.ingredients("mps2-an386", "hilbench");
    MeasurementJob job = job(model, ingredients, Loading.UPLOADED);
    BenchException refused = assertThrows(BenchException.class, () -> bench.measure(job, 1));
    assertEquals(BenchException.Kind.USAGE, refused.kind());
    String words = String.valueOf(refused.getMessage());
    assertTrue(words.contains(why) && words.contains("without --upload"), words);

    Measurement linked = measured(bench, elseLinked(job));
    assertEquals(Loading.LINKED, linked.loading());
    assertEquals(linked.boardImageSha256(), linked.ranImageSha256());
    String because = linked.linkedBecause().orElseThrow();
    assertTrue(because.contains(linkedWhy) && !because.contains("--upload"), because);
  }

  private static MeasurementJob elseLinked(MeasurementJob job) {
    return job.draft().loaded(job.loading(), true).job();
  }

  @Test
  void residentFirmwareThatDoesNotFitIsKnownBeforeAModel() throws Exception {
    bench(withRam("112 KiB")).requireResident("mps2-an386", MeasurementJob.ON_QEMU, "hilbench");
    BenchException refused =
        assertThrows(
            BenchException.class,
            () ->
                bench(withRam("12 KiB"))
                    .requireResident("mps2-an386", MeasurementJob.ON_QEMU, "hilbench"));
    assertEquals(BenchException.Kind.USAGE, refused.kind());
    String words = String.valueOf(refused.getMessage());
    assertTrue(words.contains("does not fit mps2-an386"), words);
  }

  private static void runsToTheReferencesBytes(TfliteModel model, Device device) throws Exception {
    device.input(MlperfTiny.wide(model).toArray());
    device.run(RunOrder.timed(0, 1, true, LIMIT));
    MeasurementJob job = job(model, "mps2-an386", "hilbench", Loading.UPLOADED);
    byte[] expected = MlperfTiny.expected(model, job).get(0).output().toArray();
    assertArrayEquals(expected, device.output());
    assertEquals(model.operators().size(), device.ops().size());
  }

  private static Upload upload(TfliteModel model, byte[] bytes) {
    int input = (int) model.inputTensor().bytes();
    return new Upload(bytes, model.sha256(), input, model.operators().size());
  }

  private static QemuOnAPty resident() throws Exception {
    BoardProfile board = Workshop.board("mps2-an386");
    FirmwareImage image = resident(board, KernelSet.HILBENCH);
    return QemuOnAPty.start(RUNNER, qemu(), board.id(), image.elf());
  }

  private static FirmwareImage resident(BoardProfile board, KernelSet kernels) throws Exception {
    return Workshop.built(Workshop.builder().build(new ResidentRequest(board, kernels)));
  }

  private static Link line(QemuOnAPty machine) throws Exception {
    return SerialLink.open(machine.port(), List.of(115200));
  }

  private static Device greeted(Link line) throws DeviceException {
    return ProtocolDevice.greet(line, "qemu", Patience.simulated(), new SplittableRandom(5));
  }

  private static MeasurementJob job(
      TfliteModel model, String board, String kernels, Loading loading) throws BenchException {
    return job(model, MlperfTiny.ingredients(board, kernels), loading);
  }

  private static MeasurementJob job(TfliteModel model, Ingredients ingredients, Loading loading) {
    List<Bytes> inputs = List.of(MlperfTiny.wide(model));
    return MeasurementJob.of(Bytes.of(model.bytes()), ingredients, inputs)
        .on(MeasurementJob.ON_QEMU)
        .timed(0, 2)
        .loaded(loading, false)
        .job();
  }

  /** The small one of the self-test. */
  private static TfliteModel known() throws Exception {
    try (InputStream file =
        UploadOnQemuTest.class.getResourceAsStream("/org/hilbench/selftest/model.tflite")) {
      return TfliteModel.parse(Objects.requireNonNull(file).readAllBytes());
    }
  }

  private static TfliteModel tiny() throws Exception {
    SplittableRandom random = new SplittableRandom(6);
    for (int draw = 0; draw < 1000; draw++) {
      TfliteModel model = written(RandomNetworks.ofTheSpace(random), random);
      if (model.bytes().length < 12_000) {
        return model;
      }
    }
    throw new AssertionError("no small network among a thousand");
  }

  private static TfliteModel int8(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    return written(RandomNetworks.ofTheSpace(random), random);
  }

  /** With 4-bit weights and 16-bit activations. */
  private static TfliteModel mixed(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    return written(RandomNetworks.mixed(RandomNetworks.ofTheSpace(random), random), random);
  }

  private static TfliteModel written(Graph graph, SplittableRandom random) throws Exception {
    return TfliteModel.parse(TfliteWriter.write(RandomNetworks.quantized(graph, random)));
  }

  private static Measurement measured(MeasurementJob job) throws Exception {
    BoardProfiles shipped = BoardProfiles.load(SharedData.repository().resolve("board-profiles"));
    return measured(bench(shipped), job);
  }

  private static Measurement measured(Bench bench, MeasurementJob job) throws Exception {
    MeasurementResult result = bench.measure(job, 1);
    return assertInstanceOf(MeasurementResult.Completed.class, result).measurement();
  }

  private static Bench bench(BoardProfiles profiles) throws BenchException {
    qemu();
    return new Bench(
        profiles, ImageBuilder.of(Workshop.builder()), new SimulatedPlaces(profiles, RUNNER));
  }

  private static String qemu() {
    Assumptions.assumeTrue(RUNNER.find("qemu-system-arm").isPresent(), "absent: qemu-system-arm");
    return "qemu-system-arm";
  }

  /** The shipped board with less RAM. */
  private BoardProfiles withRam(String size) throws Exception {
    Path shipped = SharedData.repository().resolve("board-profiles/mps2-an386/board.yaml");
    String yaml =
        Files.readString(shipped).replace("0x20000000, size: 4 MiB", "0x20000000, size: " + size);
    Path board = Files.createDirectories(folder.resolve("mps2-an386"));
    Files.writeString(board.resolve("board.yaml"), yaml);
    return BoardProfiles.load(folder);
  }
}
