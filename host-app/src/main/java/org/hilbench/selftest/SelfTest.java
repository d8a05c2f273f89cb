package org.hilbench.selftest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.bench.ImageBuilder;
import org.hilbench.bench.Meters;
import org.hilbench.bench.Place;
import org.hilbench.bench.WatchedRun;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.OperatingPoint;
import org.hilbench.device.ClockReport;
import org.hilbench.device.Device;
import org.hilbench.device.FaultReport;
import org.hilbench.device.Identity;
import org.hilbench.device.RunOrder;
import org.hilbench.device.Statistics;
import org.hilbench.energy.EnergyMeter;
import org.hilbench.energy.InferenceEnergy;
import org.hilbench.energy.PowerTrace;
import org.hilbench.firmware.BuildOutcome;
import org.hilbench.firmware.FirmwareImage;
import org.hilbench.firmware.FirmwareRequest;
import org.hilbench.firmware.KernelSet;
import org.hilbench.selftest.Finding.Result;

/**
 * Tries a board, or what stands in for it, from the build to a fault on purpose. A trial that fails
 * does not keep the others from being tried, as far as they can be.
 */
public final class SelfTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int ECHOES = 32;
  private static final int ROOM_IN_A_PACKET = 40;
  private static final int RUNS = 7;
  private static final int WATCHED_RUNS = 64;
  private static final double STEADY = 0.05;

  private final BoardProfile board;
  private final Place place;
  private final ImageBuilder builder;
  private final KernelSet kernels;
  private final Meters meters;
  private final KnownModel known;
  private final List<Finding> findings = new ArrayList<>();

  private SelfTest(
      BoardProfile board,
      Place place,
      ImageBuilder builder,
      KernelSet kernels,
      Meters meters,
      KnownModel known) {
    this.board = board;
    this.place = place;
    this.builder = builder;
    this.kernels = kernels;
    this.meters = meters;
    this.known = known;
  }

  /**
   * Tries everything; never throws for what the board does.
   *
   * @param kernels of the image
   * @param meters which may know one that watches the trigger
   */
  public static List<Finding> of(
      BoardProfile board, Place place, ImageBuilder builder, KernelSet kernels, Meters meters)
      throws BenchException {
    return new SelfTest(board, place, builder, kernels, meters, KnownModel.load()).findings();
  }

  private List<Finding> findings() {
    Optional<FirmwareImage> image = built();
    if (image.isPresent()) {
      openAndTry(image.get());
    }
    return List.copyOf(findings);
  }

  private Optional<FirmwareImage> built() {
    try {
      BuildOutcome outcome =
          builder.build(new FirmwareRequest(known.model(), place.links(), kernels));
      if (outcome instanceof BuildOutcome.Built built) {
        note(
            "build",
            Result.PASS,
            built.image().flash().total() + " bytes of flash, kernels " + built.image().kernels());
        return Optional.of(built.image());
      }
      note("build", Result.FAIL, outcome.toString());
    } catch (BenchException e) {
      note("build", Result.FAIL, e.getMessage());
    }
    return Optional.empty();
  }

  private void openAndTry(FirmwareImage image) {
    try (Place.Taken taken = place.take()) {
      Optional<EnergyMeter> meter = meter(taken); // first: it may be what feeds the board
      try {
        openAndTry(image, taken, meter);
      } finally {
        meter.ifPresent(EnergyMeter::close);
      }
    } catch (BenchException e) {
      note("flash", Result.FAIL, e.getMessage());
    }
  }

  private Optional<EnergyMeter> meter(Place.Taken taken) {
    try {
      return meters.open(board, board.defaultOperatingPoint(), taken);
    } catch (BenchException e) {
      note("meter", Result.FAIL, e.getMessage());
      return Optional.empty();
    }
  }

  private void openAndTry(FirmwareImage image, Place.Taken taken, Optional<EnergyMeter> meter) {
    try (Device device = taken.opener().open(image)) {
      flashed(image, taken);
      note("answer", Result.PASS, device.name() + " greets");
      Optional<String> other = known.differs(device.identity());
      if (other.isPresent()) {
        note("identity", Result.FAIL, other.get());
      } else {
        tryAll(device, image, meter);
      }
    } catch (BenchException e) {
      if (e.stage() == Stage.FLASH) {
        note("flash", Result.FAIL, e.getMessage());
      } else {
        flashed(image, taken);
        note("answer", Result.FAIL, e.getMessage());
      }
    }
  }

  private void flashed(FirmwareImage image, Place.Taken taken) {
    if (taken.onABoard() && taken.probe().isEmpty()) {
      note("flash", Result.SKIPPED, taken.name() + " is no adopted board: nothing was written");
    } else {
      note("flash", Result.PASS, "image " + image.buildId() + " on " + taken.name());
    }
  }

  private void tryAll(Device device, FirmwareImage image, Optional<EnergyMeter> meter) {
    attempt("identity", () -> identity(device, image));
    attempt("echo", () -> echo(device));
    attempt("known model", () -> knownModel(device));
    attempt("cycle counter", () -> counter(device));
    attempt("clock against the host", () -> HostClock.compare(device, known.input()));
    attempt("stack paint", () -> stack(device));
    attempt("trigger", () -> trigger(device, meter));
    for (OperatingPoint point : board.operatingPoints()) {
      attempt("operating point " + point.name(), () -> operatingPoint(device, point));
    }
    attempt("fault on purpose", () -> fault(device));
  }

  private interface Trial {
    Finding carryOut() throws BenchException;
  }

  private void attempt(String what, Trial trial) {
    try {
      Finding finding = trial.carryOut();
      note(what, finding.result(), finding.found());
    } catch (BenchException e) {
      note(what, Result.FAIL, e.getMessage());
    }
  }

  private void note(String what, Result result, String found) {
    findings.add(new Finding(what, result, found));
  }

  static Finding judged(boolean good, String found) {
    return new Finding("", good ? Result.PASS : Result.FAIL, found);
  }

  static Finding skipped(String why) {
    return new Finding("", Result.SKIPPED, why);
  }

  private static Finding identity(Device device, FirmwareImage image) {
    Identity identity = device.identity();
    boolean same =
        identity.buildId().equals(image.buildId())
            && image.modelSha256().equals(Optional.of(identity.modelSha256()));
    String chip = identity.uniqueId().isEmpty() ? "no unique id" : "chip " + identity.uniqueId();
    return judged(
        same,
        "build " + identity.buildId() + ", " + chip + ", started by: " + identity.resetCause());
  }

  private static Finding echo(Device device) throws BenchException {
    SplittableRandom random = new SplittableRandom(1);
    int room = Math.min(1000, device.identity().maxPacket() - ROOM_IN_A_PACKET);
    for (int i = 0; i < ECHOES; i++) {
      byte[] sent = new byte[1 + random.nextInt(room)];
      random.nextBytes(sent);
      byte[] back = device.echo(sent);
      if (!java.util.Arrays.equals(sent, back)) {
        return judged(false, "echo " + i + " of " + sent.length + " bytes came back changed");
      }
    }
    return judged(true, ECHOES + " packets of up to " + room + " bytes came back the same");
  }

  private Finding knownModel(Device device) throws BenchException {
    device.input(known.input());
    device.run(RunOrder.once(LIMIT));
    byte[] output = device.output();
    return judged(
        known.gives(output),
        known.gives(output)
            ? output.length + " bytes of output are the known ones"
            : "the output differs from the known bytes: do not believe this board's numbers");
  }

  private static Finding counter(Device device) throws BenchException {
    device.run(RunOrder.timed(1, RUNS, false, LIMIT));
    Statistics statistics = device.statistics();
    long least = statistics.ticks().stream().mapToLong(Long::longValue).min().orElse(0);
    long most = statistics.ticks().stream().mapToLong(Long::longValue).max().orElse(0);
    boolean steady = least > 0 && most - least <= STEADY * least;
    return judged(
        steady && statistics.tickHz().isPresent(),
        String.format(
            Locale.ROOT,
            "%s: %d to %d ticks over %d runs, %s",
            statistics.tickSource(),
            least,
            most,
            RUNS,
            statistics.tickHz().isPresent()
                ? statistics.tickHz().getAsLong() + " Hz"
                : "at a frequency that is not known"));
  }

  private static Finding stack(Device device) throws BenchException {
    Statistics statistics = device.statistics();
    boolean plausible =
        statistics.stackUsed() > 0 && statistics.stackUsed() < statistics.stackBytes();
    return judged(
        plausible, statistics.stackUsed() + " of " + statistics.stackBytes() + " bytes were used");
  }

  /** Whether a meter sees the pin rise and fall once, around the inferences. */
  private Finding trigger(Device device, Optional<EnergyMeter> meter) throws BenchException {
    if (board.trigger().isEmpty()) {
      return skipped("the profile names no trigger pin");
    }
    if (meter.isEmpty()) {
      return skipped(
          "no meter watches pin " + board.trigger().get() + "; see docs/energy-meters.md");
    }
    device.input(known.input());
    PowerTrace trace =
        WatchedRun.of(device, RunOrder.timed(0, WATCHED_RUNS, false, LIMIT), meter.get());
    Statistics statistics = device.statistics();
    double ticks = statistics.ticks().stream().mapToDouble(Long::doubleValue).sum();
    OptionalLong hz = statistics.tickHz();
    InferenceEnergy read =
        InferenceEnergy.of(trace, WATCHED_RUNS, hz.isPresent() ? ticks / hz.getAsLong() : 0);
    return judged(
        true,
        String.format(
            Locale.ROOT,
            "%s saw it high for %d samples, %d inferences of %.3f uJ; idle %.3f mW",
            read.meter(),
            read.samples(),
            WATCHED_RUNS,
            read.joules() * 1e6,
            read.idleWatts() * 1e3));
  }

  private Finding operatingPoint(Device device, OperatingPoint point) throws BenchException {
    if (place.standIn().isPresent()) {
      return skipped(place.name() + " stands in and has one clock: only the board has this one");
    }
    ClockReport clock = device.operatingPoint(point.name());
    Finding model = knownModel(device);
    if (model.result() == Result.FAIL) {
      return model;
    }
    if (!clock.confirmed()) {
      String cause = "the clock is not confirmed: " + clock.cause();
      return device.instructionsPerTick().isPresent() ? skipped(cause) : judged(false, cause);
    }
    long hz = clock.clockHz().orElse(0);
    return judged(
        hz == point.clockHz() && clock.operatingPoint().equals(point.name()),
        "confirmed at " + clock.operatingPoint() + ", " + hz + " Hz, the known bytes come out");
  }

  private static Finding fault(Device device) throws BenchException {
    if (!device.identity().capabilities().crash()) {
      return skipped("this firmware cannot crash on purpose");
    }
    FaultReport told = device.crash();
    device.reset();
    Optional<FaultReport> kept = device.lastFault();
    boolean same = kept.isPresent() && kept.get().pc() == told.pc();
    return judged(
        same && told.causes().contains("UNDEFINSTR"),
        told.describe()
            + (same ? "; remembered over the reset" : "; NOT remembered over the reset"));
  }
}
