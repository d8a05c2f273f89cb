package org.hilbench.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.BoardProfiles;
import org.hilbench.board.OperatingPoint;
import org.hilbench.device.Device;
import org.hilbench.energy.EnergyMeter;
import org.hilbench.firmware.BuildFlags;
import org.hilbench.firmware.BuildOutcome;
import org.hilbench.firmware.FirmwareImage;
import org.hilbench.firmware.FirmwareRequest;
import org.hilbench.firmware.KernelSet;
import org.hilbench.firmware.ResidentRequest;
import org.hilbench.lab.Probe;
import org.hilbench.measure.BenchFacts;
import org.hilbench.measure.Bytes;
import org.hilbench.measure.Conditions;
import org.hilbench.measure.DoesNotFit;
import org.hilbench.measure.Ingredients;
import org.hilbench.measure.Loading;
import org.hilbench.measure.Measurement;
import org.hilbench.measure.MeasurementJob;
import org.hilbench.measure.MeasurementResult;
import org.hilbench.measure.SpentTime;
import org.hilbench.quantity.Quantity;
import org.hilbench.quantity.Unit;
import org.hilbench.tflite.TfliteModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns one job into numbers: build, open, check who answers, upload where asked to, run. Safe for
 * many threads, as far as the places are.
 */
public final class Bench implements BenchFacts {
  private static final Logger LOG = LoggerFactory.getLogger(Bench.class);

  private final Stock stock;
  private final ImageBuilder builder;
  private final Place.Finder places;
  private final Meters meters;

  public Bench(BoardProfiles profiles, ImageBuilder builder, Place.Finder places, Meters meters) {
    this.stock = new Stock(profiles, builder);
    this.builder = builder;
    this.places = places;
    this.meters = meters;
  }

  /** A bench without energy meters. */
  public Bench(BoardProfiles profiles, ImageBuilder builder, Place.Finder places) {
    this(profiles, builder, places, Meters.NONE);
  }

  /**
   * Runs the job to its end, on the calling thread; interrupting it ends it within a moment.
   *
   * @return Completed, or Rejected where the model does not fit the board
   * @throws BenchException whatever else went wrong; nothing keeps running
   */
  public MeasurementResult measure(MeasurementJob job, int delivery) throws BenchException {
    try {
      return measure(subject(job, Optional.empty()), delivery);
    } catch (NoRoomException e) {
      if (!job.elseLinked()) {
        throw e;
      }
      LOG.warn("{}; it is linked instead", e.why());
      return measure(subject(job.linked(), Optional.of(e.why())), delivery);
    }
  }

  private MeasurementResult measure(Subject subject, int delivery) throws BenchException {
    long begin = System.nanoTime();

    // The board's own image says whether the model fits and what it takes of the flash.
    BuildOutcome own = build(subject, subject.board, BuildFlags.DEFAULT);
    if (own instanceof BuildOutcome.DoesNotFit tooBig) {
      return rejected(subject, delivery, tooBig);
    }
    FirmwareImage boardImage = ((BuildOutcome.Built) own).image();
    FirmwareImage image = imageThatRuns(subject, boardImage, BuildFlags.DEFAULT);
    Images images = new Images(boardImage, image, false, since(begin));

    try (Place.Taken taken = subject.place.take()) {
      Optional<MeasurementResult> result = metered(subject, delivery, images, taken);
      return result.isPresent() ? result.get() : withWords(subject, delivery, boardImage, taken);
    }
  }

  /** Once more, for a model that was refused: now the runtime says why. */
  private MeasurementResult withWords(
      Subject subject, int delivery, FirmwareImage boardImage, Place.Taken taken)
      throws BenchException {
    long begin = System.nanoTime();
    FirmwareImage image = imageThatRuns(subject, boardImage, BuildFlags.DEFAULT.withWords());
    Images images = new Images(boardImage, image, true, since(begin));
    return metered(subject, delivery, images, taken).orElseThrow();
  }

  /** Empty where the firmware refused the model without a word. */
  private Optional<MeasurementResult> metered(
      Subject subject, int delivery, Images images, Place.Taken taken) throws BenchException {
    Optional<EnergyMeter> meter = meters.open(subject.board, subject.point, taken);
    try {
      return run(subject, delivery, images, taken, meter);
    } finally {
      meter.ifPresent(EnergyMeter::close);
    }
  }

  private record Images(FirmwareImage board, FirmwareImage ran, boolean words, Duration built) {}

  private Optional<MeasurementResult> run(
      Subject subject, int delivery, Images images, Place.Taken taken, Optional<EnergyMeter> meter)
      throws BenchException {
    MeasurementJob job = subject.job;
    long boot = System.nanoTime();
    try (Device device = taken.opener().open(images.ran)) {
      Greeted greeted = Greeted.withModel(device, images.ran, subject.model, images.board);
      Duration booted = since(boot);
      if (greeted.silent() && !images.words) {
        if (job.elseLinked() && job.loading() == Loading.UPLOADED) {
          throw new NoRoomException(
              device.name() + " could not prepare the model beside itself in RAM");
        }
        return Optional.empty();
      }
      greeted.requirePrepared();
      if (greeted.arenaTooSmall()) {
        return Optional.of(arenaRejected(subject, delivery, greeted, images.board, taken));
      }
      long run = System.nanoTime();
      Readings readings = new BenchRun(device, job, subject.model, subject.point, meter).readings();
      SpentTime spent = new SpentTime(images.built, booted, since(run));
      LOG.info(
          "board={} stage=measure build={}ms boot={}ms run={}ms",
          job.boardId(),
          images.built.toMillis(),
          booted.toMillis(),
          spent.run().toMillis());
      Numbers numbers = new Numbers(subject, images.board, images.ran, greeted);
      return Optional.of(
          new MeasurementResult.Completed(
              job.id(), delivery, numbers.of(readings, spent), under(subject, Optional.of(taken))));
    }
  }

  /**
   * What a job is about, looked up.
   *
   * @param linkedBecause as {@link Measurement#linkedBecause}
   */
  record Subject(
      MeasurementJob job,
      TfliteModel model,
      BoardProfile board,
      OperatingPoint point,
      KernelSet kernels,
      Place place,
      Optional<String> linkedBecause) {}

  private Subject subject(MeasurementJob job, Optional<String> linkedBecause)
      throws BenchException {
    TfliteModel model = TfliteModel.parse(job.model().toArray());
    for (Bytes input : job.inputs()) {
      if (input.size() != model.inputTensor().bytes()) {
        throw BenchException.usage(
            Stage.RUN,
            "input of " + input.size() + " bytes; the model takes " + model.inputTensor().bytes());
      }
    }
    for (int op : job.keepOps()) {
      if (op < 0 || op >= model.operators().size()) {
        throw BenchException.usage(
            Stage.RUN, "operator " + op + " is unknown; there are " + model.operators().size());
      }
    }
    BoardProfile board = stock.board(job.ingredients());
    OperatingPoint point =
        orUsage(
            () ->
                job.operatingPoint()
                    .map(board::operatingPoint)
                    .orElseGet(board::defaultOperatingPoint));
    KernelSet kernels = stock.kernels(job.ingredients(), board);
    Place place = places.find(board, job.on());
    return new Subject(job, model, board, point, kernels, place, linkedBecause);
  }

  private BuildOutcome build(Subject subject, BoardProfile links, BuildFlags flags)
      throws BenchException {
    return builder.build(new FirmwareRequest(subject.model, links, subject.kernels, flags));
  }

  /** The board's own, unless the model is uploaded or a machine stands in for the board. */
  private FirmwareImage imageThatRuns(Subject subject, FirmwareImage boardImage, BuildFlags flags)
      throws BenchException {
    if (subject.job.loading() == Loading.UPLOADED) {
      return resident(subject.place, subject.kernels, flags);
    }
    boolean own = subject.place.standIn().isEmpty() && !flags.words();
    return own ? boardImage : linked(subject, flags);
  }

  /**
   * Builds the resident firmware that uploaded models will run on, so that what stands against it
   * is known before the first of them.
   *
   * @param on as {@link MeasurementJob#on}
   * @throws BenchException (USAGE) if it does not fit; what the builder throws
   */
  public void requireResident(String boardId, String on, String kernels) throws BenchException {
    KernelSet set = orUsage(() -> KernelSet.parse(kernels));
    Place place = places.find(stock.board(stock.ingredients(boardId, set)), on);
    FirmwareImage unused = resident(place, set, BuildFlags.DEFAULT);
  }

  @Override
  public Ingredients ingredients(String boardId, String kernels) throws BenchException {
    return stock.ingredients(boardId, orUsage(() -> KernelSet.parse(kernels)));
  }

  @Override
  public List<Conditions> conditions(MeasurementJob job) throws BenchException {
    Subject subject = subject(job, Optional.empty());
    List<Conditions> all = new ArrayList<>();
    for (String machine : subject.place.machines()) {
      all.add(conditions(subject, machine));
    }
    return all;
  }

  private Conditions conditions(Subject subject, String machine) throws BenchException {
    return new Conditions(
        machine,
        subject.place.onABoard(),
        subject.place.links().sha256(),
        subject.point.name(),
        builder.surroundings(),
        builder.toolchain(subject.board.core()));
  }

  /** Of the machine that was taken; any that might have been where none was. */
  private Optional<Conditions> under(Subject subject, Optional<Place.Taken> taken)
      throws BenchException {
    Optional<String> machine =
        taken
            .flatMap(Place.Taken::probe)
            .map(Probe::serial)
            .or(() -> subject.place.machines().stream().findFirst());
    return machine.isEmpty() ? Optional.empty() : Optional.of(conditions(subject, machine.get()));
  }

  private FirmwareImage resident(Place place, KernelSet kernels, BuildFlags flags)
      throws BenchException {
    BoardProfile links = place.links();
    BuildOutcome outcome = builder.build(new ResidentRequest(links, kernels, flags));
    if (outcome instanceof BuildOutcome.Built built) {
      return built.image();
    }
    throw BenchException.usage(
        Stage.RUN,
        "the resident firmware, which has every operator of kernels '"
            + kernels.name()
            + "', does not fit "
            + links.id()
            + " ("
            + outcome
            + "); leave --upload out");
  }

  private FirmwareImage linked(Subject subject, BuildFlags flags) throws BenchException {
    BuildOutcome outcome = build(subject, subject.place.links(), flags);
    if (outcome instanceof BuildOutcome.Built built) {
      return built.image();
    }
    throw new BenchException(
        Stage.BUILD,
        BenchException.Kind.TRIAL,
        flags.words()
            ? "the runtime could not prepare the model on "
                + subject.place.name()
                + ", and the image that could say why does not fit: "
                + outcome
            : "the image fits "
                + subject.board.id()
                + " but not its stand-in "
                + subject.place.name()
                + ": "
                + outcome);
  }

  private MeasurementResult rejected(Subject subject, int delivery, BuildOutcome.DoesNotFit tooBig)
      throws BenchException {
    MeasurementJob job = subject.job;
    long needed = tooBig.regionBytes() + tooBig.overflowBytes();
    DoesNotFit misfit =
        new DoesNotFit(
            job.boardId(),
            tooBig.region(),
            new Quantity.Linked(needed, Unit.BYTES),
            new Quantity.Linked(tooBig.regionBytes(), Unit.BYTES));
    Optional<Conditions> under = under(subject, Optional.empty());
    return MeasurementResult.Rejected.of(job, delivery, misfit, misfit.text(), under);
  }

  private MeasurementResult arenaRejected(
      Subject subject, int delivery, Greeted greeted, FirmwareImage image, Place.Taken taken)
      throws BenchException {
    MeasurementJob job = subject.job;
    String region = subject.board.arenaMemory().name();
    long limit = image.ram().arena();
    if (job.loading() == Loading.UPLOADED && greeted.arenaNeeded() <= limit) {
      throw new NoRoomException(
          String.format(
              Locale.ROOT,
              "uploaded, the model leaves too little of %s of %s for its arena (%s), linked into"
                  + " flash %,d bytes",
              region,
              job.boardId(),
              greeted.words(),
              limit));
    }
    DoesNotFit misfit =
        new DoesNotFit(
            job.boardId(),
            "arena",
            new Quantity.Estimated(greeted.arenaNeeded(), Unit.BYTES, 1),
            new Quantity.Linked(limit, Unit.BYTES));
    String why = misfit.text() + " left of " + region + " (" + greeted.words() + ")";
    Optional<Conditions> under = under(subject, Optional.of(taken));
    return MeasurementResult.Rejected.of(job, delivery, misfit, why, under);
  }

  private static <T> T orUsage(Supplier<T> lookup) throws BenchException {
    try {
      return lookup.get();
    } catch (IllegalArgumentException e) {
      throw BenchException.usage(Stage.RUN, String.valueOf(e.getMessage()), e);
    }
  }

  private static Duration since(long nanoTime) {
    return Duration.ofNanos(System.nanoTime() - nanoTime);
  }
}
