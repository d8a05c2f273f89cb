package org.hilbench.report;

import static org.hilbench.report.MeasurementJson.clockHz;
import static org.hilbench.report.MeasurementJson.unit;
import static org.hilbench.report.MeasurementJson.whole;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.hilbench.desk.ModelMeasurement;
import org.hilbench.device.ModelPlace;
import org.hilbench.measure.Measurement;
import org.hilbench.measure.OpCost;
import org.hilbench.measure.Timing;
import org.hilbench.quantity.Quantity;
import org.hilbench.verify.Agreement;

/** A measurement as text for people. */
public final class MeasurementText {
  private MeasurementText() {}

  private static String latency(Timing timing) {
    Quantity latency = timing.latency();
    String bar =
        latency instanceof Quantity.Estimated estimated
            ? String.format(Locale.ROOT, " +-%.0f %%", estimated.relativeError() * 100)
            : "";
    OptionalLong hertz = clockHz(timing);
    return String.format(
        Locale.ROOT,
        "latency    %.3f ms%s (%s%s)",
        latency.value() * 1e3,
        hertz.isPresent()
            ? String.format(Locale.ROOT, " at %.1f MHz", hertz.getAsLong() / 1e6)
            : "",
        latency.origin(),
        bar);
  }

  private static String instructions(Timing timing, Quantity count) {
    String counted =
        String.format(
            Locale.ROOT, "           %,d instructions (%s)", whole(count), count.origin());
    return timing.cycles() instanceof Quantity.Estimated cycles && count.value() > 0
        ? counted
            + String.format(
                Locale.ROOT,
                ", %.2f cycles each with these kernels (estimated)",
                cycles.value() / count.value())
        : counted;
  }

  private static String noLatency(Measurement measurement) {
    return "latency    unknown: the clock is not confirmed (" + measurement.clock().cause() + ")";
  }

  /** Of one model by itself, with what the reference says of it. */
  public static List<String> lines(ModelMeasurement.Answer.Measured measured) {
    List<String> lines = new ArrayList<>(lines(measured.measurement()));
    lines.add("outputs    " + equality(measured.agreement(), measured.sameOutput()));
    return lines;
  }

  private static String equality(Agreement agreement, boolean sameOutput) {
    if (agreement.equal()) {
      return "equal to TensorFlow Lite's reference kernels, operator by operator";
    }
    String output = sameOutput ? "equal to the reference's" : "differ from the reference's";
    return output
        + "; operators DIFFER, do not believe the numbers:\n"
        + agreement.text().indent(11).stripTrailing();
  }

  public static List<String> lines(Measurement measurement) {
    return List.of(
        "board      " + measurement.boardId() + ", " + ranOn(measurement) + loading(measurement),
        measurement.timing().map(MeasurementText::latency).orElseGet(() -> noLatency(measurement)),
        measurement
            .timing()
            .flatMap(timing -> timing.instructions().map(count -> instructions(timing, count)))
            .orElse("           no instruction count on a board"),
        energy(measurement),
        String.format(
            Locale.ROOT,
            "peak SRAM  %,d B (%s) = arena %,d + stack %,d + .data %,d + .bss %,d",
            whole(measurement.sram().peak()),
            measurement.sram().peak().origin(),
            whole(measurement.sram().arenaUsed()),
            whole(measurement.sram().stack()),
            whole(measurement.sram().data()),
            whole(measurement.sram().bss())),
        String.format(
            Locale.ROOT,
            "flash      %,d B (%s) = model %,d + kernels %,d + runtime %,d + start-up %,d + bench"
                + " %,d",
            whole(measurement.flash().total()),
            measurement.flash().total().origin(),
            whole(measurement.flash().model()),
            whole(measurement.flash().kernels()),
            whole(measurement.flash().runtime()),
            whole(measurement.flash().startup()),
            whole(measurement.flash().bench())),
        String.format(
            Locale.ROOT,
            "network    %,d MACs, %,d parameters",
            whole(measurement.macs()),
            whole(measurement.params())),
        String.format(
            Locale.ROOT,
            "runtime    TensorFlow Lite Micro %s, kernels %s",
            measurement.tflm().version(),
            measurement.tflm().kernels()));
  }

  private static String ranOn(Measurement measurement) {
    return measurement
        .standIn()
        .map(
            machine ->
                "which is not attached: flash and RAM by its own image,\n           the run on a"
                    + " stand-in of the same core ("
                    + measurement.ranOn()
                    + "), the time estimated by its cycle model")
        .orElse("ran on " + measurement.ranOn());
  }

  private static String loading(Measurement measurement) {
    return switch (measurement.loading()) {
      case LINKED -> "";
      case UPLOADED ->
          "\n           model uploaded to resident firmware"
              + measurement
                  .modelPlace()
                  .map(place -> place == ModelPlace.RAM ? ", into RAM" : ", into its slot in flash")
                  .orElse("")
              + ", flash by a link of its own";
    };
  }

  private static String energy(Measurement measurement) {
    if (measurement.energy().isEmpty()) {
      return measurement.timing().isEmpty()
          ? "energy     unknown: no meter, and no latency"
          : "energy     unknown: no meter, and the profile states no typical power at this clock";
    }
    Quantity energy = measurement.energy().get();
    String inference =
        String.format(Locale.ROOT, "energy     %.3f uJ (%s", energy.value() * 1e6, energy.origin());
    if (energy instanceof Quantity.Estimated estimated) {
      return inference
          + String.format(
              Locale.ROOT,
              " +-%.0f %%) from the operating point's typical power, no meter",
              estimated.relativeError() * 100);
    }
    return inference
        + measurement
            .energyReading()
            .map(
                read ->
                    String.format(
                        Locale.ROOT,
                        ") by %s: %d samples at %.0f Hz, %.3f V, idle %.3f mW",
                        read.meter(),
                        read.samples(),
                        read.sampleRateHz(),
                        read.supplyVolts(),
                        read.idleWatts() * 1e3))
            .orElse(")");
  }

  /** A line an operator. */
  public static List<String> profile(Measurement measurement) {
    double total =
        measurement.ops().stream()
            .flatMap(op -> op.cost().stream())
            .mapToDouble(Quantity::value)
            .sum();
    return measurement.ops().stream()
        .filter(op -> op.cost().isPresent())
        .map(op -> profile(op, op.cost().orElseThrow(), total))
        .toList();
  }

  private static String profile(OpCost op, Quantity cost, double total) {
    return String.format(
        Locale.ROOT,
        "  %3d %-20s %,14d %s (%s)  %5s %%",
        op.index(),
        op.op(),
        whole(cost),
        unit(cost),
        cost.origin(),
        total > 0 ? String.format(Locale.ROOT, "%.1f", 100 * cost.value() / total) : "-");
  }
}
