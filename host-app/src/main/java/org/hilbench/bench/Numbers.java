package org.hilbench.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.board.CycleFactor;
import org.hilbench.board.CycleModel;
import org.hilbench.board.Memory;
import org.hilbench.board.TypicalPower;
import org.hilbench.device.OpReport;
import org.hilbench.device.Statistics;
import org.hilbench.firmware.FirmwareImage;
import org.hilbench.firmware.FlashUse;
import org.hilbench.firmware.KernelSet;
import org.hilbench.firmware.StaticRam;
import org.hilbench.measure.FlashParts;
import org.hilbench.measure.Measurement;
import org.hilbench.measure.OpCost;
import org.hilbench.measure.Samples;
import org.hilbench.measure.SpentTime;
import org.hilbench.measure.SramParts;
import org.hilbench.measure.Tflm;
import org.hilbench.measure.Timing;
import org.hilbench.quantity.Quantity;
import org.hilbench.quantity.Range;
import org.hilbench.quantity.Unit;
import org.hilbench.tflite.TfliteOperator;

/** Gives readings their meaning: units, origins, sums. */
final class Numbers {
  private final Bench.Subject subject;
  private final FirmwareImage boardImage;
  private final FirmwareImage ranImage;
  private final Greeted greeted;

  Numbers(
      Bench.Subject subject, FirmwareImage boardImage, FirmwareImage ranImage, Greeted greeted) {
    this.subject = subject;
    this.boardImage = boardImage;
    this.ranImage = ranImage;
    this.greeted = greeted;
  }

  /**
   * The measurement.
   *
   * @throws BenchException (TRIAL) naming the reading, its value and what is possible, if one is
   *     not
   */
  Measurement of(Readings readings, SpentTime spent) throws BenchException {
    requirePossible(readings);
    boolean simulated = readings.instructionsPerTick().isPresent();
    Statistics statistics = readings.statistics();
    Samples samples =
        new Samples(
            subject.job().warmups(),
            statistics.ticks(),
            statistics.tickSource(),
            Samples.rate(statistics.tickHz()));
    Optional<Timing> timing = timing(readings, samples.median());
    return new Measurement(
        subject.board().id(),
        readings.device(),
        subject.place().standIn(),
        subject.point().name(),
        readings.clock(),
        Tflm.of(ranImage),
        boardImage.toolchain(),
        timing,
        sram(statistics, simulated),
        flash(boardImage.flash()),
        energy(readings, timing),
        readings.energy(),
        new Quantity.Counted(subject.model().macs(), Unit.COUNT),
        new Quantity.Counted(subject.model().params(), Unit.COUNT),
        ops(readings),
        samples,
        readings.outputs(),
        subject.model().sha256(),
        boardImage.deviceFormSha256(),
        boardImage.sha256(),
        ranImage.sha256(),
        subject.job().loading(),
        greeted.modelPlace(),
        subject.linkedBecause(),
        spent,
        Optional.empty());
  }

  private void requirePossible(Readings readings) throws BenchException {
    boolean simulated = readings.instructionsPerTick().isPresent();
    Statistics statistics = readings.statistics();
    StaticRam ram = boardImage.ram();
    ReadingRanges ranges = new ReadingRanges(readings.device());
    ranges.requireClock(readings.clock(), subject.point(), subject.board(), simulated);
    ranges.requireStatistics(
        readings, ranImage, greeted.arena(), subject.model(), workATick(readings));
    ranges.require("ARENA_USED", statistics.arenaUsed(), Range.bytesUpTo(ram.arena()));
    ranges.requireOps(readings.ops(), statistics, subject.model());
    ranges.requireFits("peak SRAM", peak(statistics), Memory.Role.RAM, subject.board());
    ranges.requireFits("flash", boardImage.flash().total(), Memory.Role.FLASH, subject.board());
  }

  /** Instructions or cycles a tick; empty where no time is made of ticks. */
  private static Optional<Double> workATick(Readings readings) {
    OptionalDouble instructions = readings.instructionsPerTick();
    OptionalLong hz = readings.statistics().tickHz();
    if (instructions.isPresent() || hz.isEmpty() || !readings.clock().confirmed()) {
      return instructions.isPresent() ? Optional.of(instructions.getAsDouble()) : Optional.empty();
    }
    return Optional.of((double) readings.clock().clockHz().orElseThrow() / hz.getAsLong());
  }

  private long peak(Statistics statistics) {
    StaticRam ram = boardImage.ram();
    return statistics.arenaUsed() + statistics.stackUsed() + ram.data() + ram.bss();
  }

  /** The meter's word; without one, the point's typical power over the latency. */
  private Optional<Quantity> energy(Readings readings, Optional<Timing> timing) {
    if (readings.energy().isPresent()) {
      return readings.energy().map(read -> new Quantity.Measured(read.joules(), Unit.JOULES));
    }
    return timing.flatMap(
        it -> subject.point().typicalPower().map(power -> estimated(power, it.latency())));
  }

  private static Quantity estimated(TypicalPower power, Quantity latency) {
    double ofLatency =
        latency instanceof Quantity.Estimated estimated ? estimated.relativeError() : 0;
    double error = (1 + power.relativeError()) * (1 + ofLatency) - 1;
    return new Quantity.Estimated(power.milliwatts() / 1e3 * latency.value(), Unit.JOULES, error);
  }

  /** None from a clock that is not confirmed: it would be a guess. */
  private Optional<Timing> timing(Readings readings, long ticks) throws BenchException {
    if (readings.instructionsPerTick().isPresent()) {
      return Optional.of(simulated(instructions(readings, ticks)));
    }
    return readings.clock().confirmed() ? Optional.of(measured(ticks, readings)) : Optional.empty();
  }

  private Timing simulated(long instructions) {
    CycleFactor factor = factor(subject.board().cycleModel(), subject.kernels());
    double cycles = factor.cycles(instructions);
    double error = factor.relativeError();
    return new Timing(
        Optional.of(new Quantity.Simulated(instructions, Unit.INSTRUCTIONS)),
        new Quantity.Estimated(cycles, Unit.CYCLES, error),
        new Quantity.Estimated(cycles / subject.point().clockHz(), Unit.SECONDS, error));
  }

  /** A folder may be called as a set is that somebody counted; it is not that set. */
  private static CycleFactor factor(CycleModel model, KernelSet kernels) {
    return kernels instanceof KernelSet.Folder ? model.otherwise() : model.with(kernels.name());
  }

  private static Timing measured(long ticks, Readings readings) throws BenchException {
    double seconds = ticks / tickHz(readings);
    return new Timing(
        Optional.empty(),
        new Quantity.Measured(cycles(ticks, readings), Unit.CYCLES),
        new Quantity.Measured(seconds, Unit.SECONDS));
  }

  private static double cycles(long ticks, Readings readings) throws BenchException {
    return Math.rint(ticks / tickHz(readings) * readings.clock().clockHz().orElseThrow());
  }

  private static long instructions(Readings readings, long ticks) {
    return Math.round(ticks * readings.instructionsPerTick().orElseThrow());
  }

  private static double tickHz(Readings readings) throws BenchException {
    return readings
        .statistics()
        .tickHz()
        .orElseThrow(
            () ->
                failed(
                    readings.device()
                        + ": counter '"
                        + readings.statistics().tickSource()
                        + "' has no known frequency"));
  }

  private SramParts sram(Statistics statistics, boolean simulated) {
    StaticRam ram = boardImage.ram();
    return new SramParts(
        bytes(statistics.arenaUsed(), simulated),
        linked(ram.arena()),
        bytes(statistics.stackUsed(), simulated),
        linked(ram.data()),
        linked(ram.bss()),
        linked(ram.benchBuffers()),
        bytes(peak(statistics), simulated));
  }

  private static FlashParts flash(FlashUse flash) {
    return new FlashParts(
        linked(flash.model()),
        linked(flash.kernels()),
        linked(flash.runtime()),
        linked(flash.startup()),
        linked(flash.bench()),
        linked(flash.total()));
  }

  private List<OpCost> ops(Readings readings) throws BenchException {
    List<TfliteOperator> operators = subject.model().operators();
    List<OpCost> ops = new ArrayList<>();
    for (OpReport report : readings.ops()) {
      ops.add(
          new OpCost(
              report.index(),
              operators.get(report.index()).name(),
              cost(report.ticks(), readings),
              report.outputBytes(),
              report.outputCrc()));
    }
    return ops;
  }

  private static Optional<Quantity> cost(long ticks, Readings readings) throws BenchException {
    if (readings.instructionsPerTick().isPresent()) {
      return Optional.of(new Quantity.Simulated(instructions(readings, ticks), Unit.INSTRUCTIONS));
    }
    return readings.clock().confirmed()
        ? Optional.of(new Quantity.Measured(cycles(ticks, readings), Unit.CYCLES))
        : Optional.empty();
  }

  private static Quantity bytes(long value, boolean simulated) {
    return simulated
        ? new Quantity.Simulated(value, Unit.BYTES)
        : new Quantity.Measured(value, Unit.BYTES);
  }

  private static Quantity linked(long value) {
    return new Quantity.Linked(value, Unit.BYTES);
  }

  private static BenchException failed(String message) {
    return new BenchException(Stage.RUN, BenchException.Kind.TRIAL, message);
  }
}
