package org.hilbench.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hilbench.BenchException;
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
import org.hilbench.tflite.TfliteModel;
import org.hilbench.tflite.TfliteOperator;

/** Takes a greeted device through a job: clock, inputs, runs, outputs. */
final class BenchRun {
  private static final Duration LEAST_LIMIT = Duration.ofSeconds(20);
  private static final long LONGEST_NANOS_A_MAC = 4_000;

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

  Readings readings() throws BenchException {
    ClockReport clock = device.operatingPoint(point.name());

    // The first input is the one that is timed.
    device.input(job.inputs().get(0).toArray());
    Optional<PowerTrace> trace = timedRuns();
    Statistics statistics = device.statistics();
    Optional<InferenceEnergy> energy =
        trace.isEmpty() ? Optional.empty() : Optional.of(energy(trace.get(), statistics));
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

  /** The runs that are timed, under the eyes of the meter where there is one. */
  private Optional<PowerTrace> timedRuns() throws BenchException {
    RunOrder order = RunOrder.timed(job.warmups(), job.runs(), job.perOp(), limit(allRuns()));
    if (meter.isEmpty()) {
      device.run(order);
      return Optional.empty();
    }
    EnergyMeter watching = meter.get();
    watching.start();
    try {
      device.run(order);
    } catch (BenchException | RuntimeException failed) {
      stopAfter(failed, watching);
      throw failed;
    }
    return Optional.of(watching.stop());
  }

  /** What the device said is told, not what the meter missed because of it. */
  private static void stopAfter(Exception failed, EnergyMeter watching) {
    try {
      watching.stop();
    } catch (BenchException e) {
      failed.addSuppressed(e);
    }
  }

  private InferenceEnergy energy(PowerTrace trace, Statistics statistics) throws BenchException {
    double ticks = statistics.ticks().stream().mapToDouble(Long::doubleValue).sum();
    double hz = statistics.tickHz().orElse(0);
    return InferenceEnergy.of(trace, job.runs(), hz > 0 ? ticks / hz : 0);
  }

  /** What the device holds after a run of this input; runs again for what it does not hold. */
  private Inference inference(Bytes input) throws DeviceException {
    Bytes output = Bytes.of(device.output());
    Map<Integer, Bytes> kept = new TreeMap<>();
    for (int op : inOrderOfReading()) {
      if (!leftByAWholeRun(op)) {
        device.run(RunOrder.upTo(op, limit(1)));
      }
      kept.put(op, Bytes.of(device.opOutput(op)));
    }
    return new Inference(input, output, kept);
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
    return LEAST_LIMIT.plusNanos(LONGEST_NANOS_A_MAC * model.macs()).multipliedBy(inferences);
  }
}
