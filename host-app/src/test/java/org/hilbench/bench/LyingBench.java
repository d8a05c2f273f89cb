package org.hilbench.bench;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.hilbench.BenchException;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.BoardProfiles;
import org.hilbench.board.Core;
import org.hilbench.device.FakeBoard;
import org.hilbench.device.FakeModel;
import org.hilbench.device.LyingBoard;
import org.hilbench.device.Patience;
import org.hilbench.firmware.BuildOutcome;
import org.hilbench.firmware.ContentReference;
import org.hilbench.firmware.FirmwareImage;
import org.hilbench.firmware.FlashUse;
import org.hilbench.firmware.ImageRequest;
import org.hilbench.firmware.KernelSet;
import org.hilbench.firmware.ResidentRequest;
import org.hilbench.firmware.StaticRam;
import org.hilbench.firmware.TflmIdentity;
import org.hilbench.measure.Bytes;
import org.hilbench.measure.Ingredients;
import org.hilbench.measure.Loading;
import org.hilbench.measure.MeasurementJob;
import org.hilbench.measure.MeasurementResult;
import org.hilbench.measure.SampleIngredients;
import org.hilbench.testkit.SharedData;
import org.hilbench.tflite.TfliteModel;

/** The whole way of a job, with a board at its end that may lie; only nothing is compiled. */
final class LyingBench {
  static final String BOARD = "nucleo-l4r5zi";
  static final int RUNS = 3;
  private static final long ARENA = 100_000;
  private static final long STACK = 8_192;
  private static final long SLOT = 60_000;

  private final TfliteModel model;
  private final BoardProfiles profiles;
  private final boolean resident;
  private final boolean simulated;
  private final boolean flashSlot;

  /**
   * @param simulated whether ticks count instructions
   * @param flashSlot whether RAM has no room for the model, and flash has
   */
  LyingBench(boolean resident, boolean simulated, boolean flashSlot) throws Exception {
    this.resident = resident;
    this.simulated = simulated;
    this.flashSlot = flashSlot;
    profiles = BoardProfiles.load(SharedData.repository().resolve("board-profiles"));
    try (InputStream file =
        LyingBench.class.getResourceAsStream("/org/hilbench/selftest/model.tflite")) {
      model = TfliteModel.parse(Objects.requireNonNull(file).readAllBytes());
    }
  }

  TfliteModel model() {
    return model;
  }

  BoardProfile board() throws BenchException {
    return profiles.find(BOARD);
  }

  /** The board, its truth in another's hands. */
  LyingBoard board(LyingBoard.Liar liar) throws BenchException {
    List<FakeBoard.Point> points =
        board().operatingPoints().stream()
            .map(point -> new FakeBoard.Point(point.name(), point.clockHz(), Optional.empty()))
            .toList();
    long tickHz = simulated ? 25_000_000 : points.get(0).hz();
    FakeBoard truth =
        new FakeBoard(
            "build",
            points,
            tickHz,
            model.macs() + 1000,
            ARENA,
            STACK,
            256,
            resident ? OptionalLong.of(flashSlot ? 1 : SLOT) : OptionalLong.empty(),
            flashSlot ? OptionalLong.of(1 << 20) : OptionalLong.empty());
    return new LyingBoard(truth, FakeModel.like(model, model.size()), liar);
  }

  MeasurementResult measure(LyingBoard board, RandomGenerator random) throws BenchException {
    String name = simulated ? "qemu lying" : "serial:lying";
    Place place =
        new Place(
            name,
            board(),
            Optional.empty(),
            image -> board.greet(name, simulated, Patience.usual(), random));
    Bench bench = new Bench(profiles, builder(), (profile, on) -> place);
    return bench.measure(job(bench.ingredients(BOARD, "reference")), 1);
  }

  ImageBuilder builder() {
    return new NothingCompiled();
  }

  /** The image is said to be built. */
  private final class NothingCompiled implements ImageBuilder {
    @Override
    public BuildOutcome build(ImageRequest request) {
      return new BuildOutcome.Built(image(request instanceof ResidentRequest));
    }

    @Override
    public ContentReference kernels(KernelSet kernels, Core core) {
      return SampleIngredients.named(kernels.name());
    }

    @Override
    public ContentReference runtime(Core core) {
      return SampleIngredients.named("a runtime");
    }

    @Override
    public String surroundings() {
      return "the firmware around it";
    }

    @Override
    public String toolchain(Core core) {
      return "gcc";
    }
  }

  /** One of this model. */
  MeasurementJob job(Ingredients ingredients) {
    byte[] input = new byte[(int) model.inputTensor().bytes()];
    return MeasurementJob.of(
            Bytes.of(model.bytes()), ingredients, List.of(Bytes.of(input), Bytes.of(input)))
        .keeping(List.of(0, model.operators().size() - 2))
        .timed(1, RUNS)
        .loaded(resident ? Loading.UPLOADED : Loading.LINKED, false)
        .job();
  }

  private FirmwareImage image(boolean withoutModel) {
    return new FirmwareImage(
        Path.of("firmware.elf"),
        "aa",
        new FlashUse(1000, 1000, 1000, 1000, 1000),
        new StaticRam(100, 100, ARENA, STACK, 1000),
        "gcc",
        new TflmIdentity("1", Optional.empty(), Optional.empty()),
        "reference",
        "build",
        withoutModel ? Optional.empty() : Optional.of(model.sha256()),
        Optional.empty());
  }
}
