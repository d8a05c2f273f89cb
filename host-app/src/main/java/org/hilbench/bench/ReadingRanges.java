package org.hilbench.bench;

import java.util.List;
import java.util.Optional;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.Memory;
import org.hilbench.board.OperatingPoint;
import org.hilbench.device.ClockReport;
import org.hilbench.device.Identity;
import org.hilbench.device.ModelStatus;
import org.hilbench.device.OpReport;
import org.hilbench.device.Statistics;
import org.hilbench.firmware.FirmwareImage;
import org.hilbench.quantity.Range;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.tflite.TfliteOperator;

/**
 * What a device can say of one model on one board. A reading outside of it is refused by name and
 * value before any number is made of it.
 */
final class ReadingRanges {
  /** No core multiplies and adds so often in a cycle, or an instruction. */
  private static final double MOST_MACS_A_CYCLE = 32;

  /** Operators that are timed one by one may run on colder caches, and each reading rounds. */
  private static final long COLDER = 2;

  private static final long ROUNDING_TICKS = 64;

  private final String device;

  ReadingRanges(String device) {
    this.device = device;
  }

  /** The sizes that a device tells of the model that it has are the model's. */
  void requireModel(Identity identity, TfliteModel model) throws BenchException {
    require(
        "MODEL_SHA256",
        "of " + identity.modelSha256() + " is not the model's: " + model.sha256(),
        identity.modelSha256().equals(model.sha256()));
    only("INPUT_BYTES", identity.inputBytes(), model.inputTensor().bytes(), "bytes");
    only("OP_COUNT", identity.opCount(), model.operators().size(), "operators");
    if (identity.modelStatus() == ModelStatus.READY) {
      only("OUTPUT_BYTES", identity.outputBytes(), model.outputTensor().bytes(), "bytes");
    }
  }

  /**
   * The clock is one that the board can have.
   *
   * @param simulated a machine that stands in has one clock, whichever is asked for
   */
  void requireClock(ClockReport clock, OperatingPoint asked, BoardProfile board, boolean simulated)
      throws BenchException {
    List<OperatingPoint> possible = simulated ? board.operatingPoints() : List.of(asked);
    List<String> names = possible.stream().map(OperatingPoint::name).toList();
    String told = clock.operatingPoint();
    require("CLOCK_POINT", "'" + told + "' is not one of " + names, names.contains(told));
    if (clock.confirmed()) {
      long hz = clock.clockHz().orElse(0);
      long wanted = board.operatingPoint(told).clockHz();
      only("CLOCK_HZ at " + told, hz, wanted, "Hz");
      if (!simulated && clock.tickHz().isPresent()) {
        require("TICK_HZ", clock.tickHz().getAsLong(), Range.of(1, wanted, "Hz"));
      }
    }
  }

  /**
   * Times and memory.
   *
   * @param perTick cycles, or instructions, a tick; absent where ticks have no meaning
   * @param arena bytes that the image, or the resident one beside the model, has for it
   */
  void requireStatistics(
      Readings readings, FirmwareImage ran, long arena, TfliteModel model, Optional<Double> perTick)
      throws BenchException {
    Statistics told = readings.statistics();
    only("ARENA_BYTES", told.arenaBytes(), arena, "bytes");
    require("ARENA_USED", told.arenaUsed(), Range.of(1, arena, "bytes"));
    only("STACK_BYTES", told.stackBytes(), ran.ram().stack(), "bytes");
    require("STACK_USED", told.stackUsed(), Range.of(1, ran.ram().stack(), "bytes"));
    if (perTick.isPresent()) {
      long least = Math.max(1, (long) (model.macs() / MOST_MACS_A_CYCLE / perTick.get()));
      for (long ticks : told.ticks()) {
        require("RUN_TICKS", ticks, Range.of(least, Long.MAX_VALUE, "ticks"));
      }
    }
  }

  /** Each operator is the model's, and together they took no longer than a run of all. */
  void requireOps(List<OpReport> reports, Statistics statistics, TfliteModel model)
      throws BenchException {
    if (reports.isEmpty()) {
      return;
    }
    only("TOTAL of OPS", reports.size(), model.operators().size(), "operators");
    for (OpReport report : reports) {
      TfliteOperator operator = model.operators().get(report.index());
      String of = " of operator " + report.index() + " " + operator.name();
      only("OP_CODE" + of, report.code(), operator.builtinCode(), "");
      long bytes = model.tensors().get(operator.outputs().get(0)).bytes();
      only("LENGTH" + of, report.outputBytes(), bytes, "bytes");
    }
    long longest = statistics.ticks().stream().mapToLong(Long::longValue).max().orElse(0);
    long sum = reports.stream().mapToLong(OpReport::ticks).sum();
    long most = COLDER * longest + ROUNDING_TICKS * reports.size();
    require("TICKS of all operators", sum, Range.of(0, most, ""), ", by the longest run");
  }

  /** The parts of an image's memory are no larger than the board's. */
  void requireFits(String what, long bytes, Memory.Role role, BoardProfile board)
      throws BenchException {
    long most =
        board.memories().stream()
            .filter(memory -> memory.role() == role)
            .mapToLong(Memory::size)
            .sum();
    require(what, bytes, Range.bytesUpTo(most), ", all that " + board.id() + " has");
  }

  private void only(String what, long value, long possible, String unit) throws BenchException {
    require(what, value, Range.only(possible, unit));
  }

  void require(String what, long value, Range range) throws BenchException {
    require(what, value, range, "");
  }

  private void require(String what, long value, Range range, String because) throws BenchException {
    Optional<String> objection = range.objection(what, value);
    if (objection.isPresent()) {
      throw refused(objection.get() + because);
    }
  }

  private void require(String what, String otherwise, boolean holds) throws BenchException {
    if (!holds) {
      throw refused(what + " " + otherwise);
    }
  }

  private BenchException refused(String what) {
    return new BenchException(
        Stage.RUN,
        BenchException.Kind.TRIAL,
        device + ": " + what + "; nothing that it measured is believed");
  }
}
