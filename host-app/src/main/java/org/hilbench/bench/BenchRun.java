package org.hilbench.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.board.OperatingPoint;
import org.hilbench.device.ClockReport;
import org.hilbench.device.Device;
import org.hilbench.device.DeviceException;
import org.hilbench.device.OpReport;
import org.hilbench.device.RunOrder;
import org.hilbench.device.Statistics;
import org.hilbench.energy.EnergyMeter;
import org.hilbench.energy.InferenceEnergy;
import org.hilbench.energy.PowerTrace;
import org.hilbench.measure.Bytes;
import org.hilbench.measure.Inference;
import org.hilbench.measure.MeasurementJob;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.tflite.TfliteOperator;

/** Takes a greeted device through a job: clock, inputs, runs, outputs. */
final class BenchRun {
  private static final Duration LEAST_LIMIT = Duration.ofSeconds(20);

  /** Of a simulator on a busy machine. */
  private static final double LONGEST_NANOS_A_MAC = 4_000;

  /** The shortest of the boards' watchdogs ends after 22 s; it is fed between inferences. */
  private static final int WATCHDOG_SECONDS = 22;

  private static final double LONGEST_INFERENCE_SECONDS = 20;

  private static final String REMEDY =
      "; choose a faster operating point, faster kernels or a smaller network";

  /** More than the slowest kernels need: below it no inference can be too long. */
  private static final double MOST_CYCLES_A_MAC = 100;

  private final Device device;
  private final MeasurementJob job;
  private final TfliteModel model;
  private final OperatingPoint point;
  private final Optional<EnergyMeter> meter;

  BenchRun(
      Device device,
      MeasurementJob job,
      TfliteModel model,
      OperatingPoint point,
      Optional<EnergyMeter> meter) {
    this.device = device;
    this.job = job;
    this.model = model;
    this.point = point;
    this.meter = meter;
  }

  /**
   * Measures.
   *
   * @throws BenchException if the device fails, or an inference or operator takes longer than its
   *     watchdog allows
   */
  Readings readings() throws BenchException {
    try {
      return taken();
    } catch (DeviceException.OutlastedWatchdog e) {
      throw outlasted(e);
    }
  }

  private BenchException outlasted(DeviceException.OutlastedWatchdog e) {
    OptionalInt op = e.report().op();
    boolean known = op.isPresent() && op.getAsInt() < model.operators().size();
    return new BenchException(
        Stage.RUN,
        BenchException.Kind.TRIAL,
        String.format(
            Locale.ROOT,
            "%s: %s ran longer at %s than the board's watchdog allows (%d s or more), which reset"
                + " the board%s",
            device.name(),
            known
                ? "operator " + op.getAsInt() + " " + model.operators().get(op.getAsInt()).name()
                : "an inference",
            point.name(),
            WATCHDOG_SECONDS,
            REMEDY),
        e);
  }

  private Readings taken() throws BenchException {
    ClockReport clock = device.operatingPoint(point.name());

    // The first input is the one that is timed.
    device.input(job.inputs().get(0).toArray());
    requireShorterThanTheWatchdog(clock);
    Optional<PowerTrace> trace = timedRuns();
    Statistics statistics = device.statistics();
    Optional<InferenceEnergy> energy =
        trace.isEmpty() ? Optional.empty() : energy(trace.get(), statistics);
    if (trace.isPresent() && job.perOp()) {
      device.run(RunOrder.timed(0, 0, true, limit(1)));
    }
    List<OpReport> ops = device.ops();
    List<Inference> outputs = new ArrayList<>();
    outputs.add(inference(job.inputs().get(0)));

    for (Bytes input : job.inputs().subList(1, job.inputs().size())) {
      device.input(input.toArray());
      device.run(RunOrder.once(limit(1)));
      outputs.add(inference(input));
    }
    return new Readings(
        device.name(), clock, device.instructionsPerTick(), statistics, ops, outputs, energy);
  }

  /**
   * An inference that outlasts the board's watchdog would reset it in the timed section. So where
   * that is possible one is looked at op by op first: the watchdog is fed before each.
   */
  private void requireShorterThanTheWatchdog(ClockReport clock) throws BenchException {
    double most = MOST_CYCLES_A_MAC * model.macs() / point.clockHz();
    if (device.instructionsPerTick().isPresent() || most < LONGEST_INFERENCE_SECONDS) {
      return;
    }
    device.run(RunOrder.timed(0, 0, true, limit(1)));
    double ticks = device.ops().stream().mapToDouble(OpReport::ticks).sum();
    if (clock.tickHz().isPresent()
        && ticks / clock.tickHz().getAsLong() > LONGEST_INFERENCE_SECONDS) {
      throw new BenchException(
          Stage.RUN,
          BenchException.Kind.TRIAL,
          String.format(
              Locale.ROOT,
              "%s: one inference takes %.1f s at %s, and the board's watchdog allows %.0f s%s",
              device.name(),
              ticks / clock.tickHz().getAsLong(),
              point.name(),
              LONGEST_INFERENCE_SECONDS,
              REMEDY));
    }
  }

  /**
   * The runs that are timed. A meter that watches sees them alone: what it takes for idle, before
   * and after the trigger, must hold no other inference.
   */
  private Optional<PowerTrace> timedRuns() throws BenchException {
    if (meter.isEmpty()) {
      device.run(RunOrder.timed(job.warmups(), job.runs(), job.perOp(), limit(allRuns())));
      return Optional.empty();
    }
    device.run(RunOrder.timed(job.warmups(), 0, false, limit(job.warmups())));
    RunOrder timed = RunOrder.timed(0, job.runs(), false, limit(job.runs()));
    return Optional.of(WatchedRun.of(device, timed, meter.get()));
  }

  /** None where only a clock that is not confirmed could tell the end of the trigger's phase. */
  private Optional<InferenceEnergy> energy(PowerTrace trace, Statistics statistics)
      throws BenchException {
    double ticks = statistics.ticks().stream().mapToDouble(Long::doubleValue).sum();
    OptionalLong hz = statistics.tickHz();
    if (hz.isEmpty() && trace.beginsAtTheEdge()) {
      return Optional.empty();
    }
    double seconds = hz.isPresent() ? ticks / hz.getAsLong() : 0;
    return Optional.of(InferenceEnergy.of(trace, job.runs(), seconds));
  }

  /** What the device holds after a run of this input; runs again for what it does not hold. */
  private Inference inference(Bytes input) throws DeviceException {
    Bytes output = Bytes.of(device.output());
    Map<Integer, Bytes> kept = new TreeMap<>();
    for (int op : inOrderOfReading()) {
      if (!leftByAWholeRun(op)) {
        device.run(RunOrder.upTo(op, limit(1)));
      }
      kept.put(op, Bytes.of(device.opOutput(op, outputBytes(op))));
    }
    return new Inference(input, output, kept);
  }

  private int outputBytes(int op) {
    int tensor = model.operators().get(op).outputs().get(0);
    return Math.toIntExact(model.tensors().get(tensor).bytes());
  }

  private List<Integer> inOrderOfReading() {
    return job.keepOps().stream()
        .sorted(Comparator.comparing(op -> leftByAWholeRun(op) ? 0 : 1))
        .toList();
  }

  /** Whether the last operator reads it, which keeps it in the arena. */
  private boolean leftByAWholeRun(int op) {
    List<TfliteOperator> operators = model.operators();
    List<Integer> read = operators.get(operators.size() - 1).inputs();
    return read.contains(operators.get(op).outputs().get(0));
  }

  private int allRuns() {
    return job.warmups() + job.runs() + (job.perOp() ? 1 : 0);
  }

  private Duration limit(int inferences) {
    double nanos = Math.max(LONGEST_NANOS_A_MAC, MOST_CYCLES_A_MAC * 1e9 / point.clockHz());
    return LEAST_LIMIT
        .plusNanos(Math.round(nanos * model.macs()))
        .multipliedBy(Math.max(1, inferences));
  }
}
