package org.hilbench.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.hilbench.device.ModelPlace;
import org.hilbench.measure.Loading;
import org.hilbench.measure.Measurement;
import org.hilbench.measure.OpCost;
import org.hilbench.measure.Timing;
import org.hilbench.quantity.Quantity;
import org.jspecify.annotations.Nullable;

/** A measurement under the names of {@code hilbench measure --json}. */
final class MeasurementView {
  private MeasurementView() {}

  static Map<String, Object> of(Measurement measurement) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("board", measurement.boardId());
    measurement.timing().ifPresent(it -> view.put("origin", it.latency().origin()));
    view.put("standIn", measurement.standIn().orElse(null));
    view.put("ranOn", measurement.ranOn());
    view.put("loading", word(measurement.loading()));
    view.put("modelPlace", modelPlace(measurement));
    view.put("linkedBecause", measurement.linkedBecause().orElse(null));
    view.put("modelSha256", measurement.modelSha256());
    view.put("deviceFormSha256", measurement.deviceFormSha256().orElse(null));
    view.put("boardImageSha256", measurement.boardImageSha256());
    view.put("ranImageSha256", measurement.ranImageSha256());
    view.put("operatingPoint", measurement.operatingPoint());
    view.put("clockConfirmed", measurement.clock().confirmed());
    view.put("clockCause", measurement.clock().cause());
    measurement.timing().ifPresent(timing -> times(view, timing));
    measurement.energy().ifPresent(energy -> view.put("energyMicrojoules", energy.value() * 1e6));
    measurement.energyReading().ifPresent(reading -> view.put("energyReading", reading));
    view.put("arenaBytes", whole(measurement.sram().arenaUsed()));
    view.put("arenaAllocatedBytes", whole(measurement.sram().arenaAllocated()));
    view.put("stackBytes", whole(measurement.sram().stack()));
    view.put("staticRamBytes", Math.round(measurement.sram().staticBytes()));
    view.put("benchBufferBytes", whole(measurement.sram().benchBuffers()));
    view.put("peakSramBytes", whole(measurement.sram().peak()));
    view.put("flashBytes", whole(measurement.flash().total()));
    view.put("flash", flash(measurement));
    view.put("macs", whole(measurement.macs()));
    view.put("params", whole(measurement.params()));
    view.put("tflm", measurement.tflm());
    view.put("toolchain", measurement.toolchain());
    view.put("runsTicks", measurement.samples().ticks());
    view.put("outputs", measurement.outputs().get(0).output().base64());
    view.put("ops", measurement.ops().stream().map(MeasurementView::op).toList());
    view.put("origins", origins(measurement));
    view.put("spentMs", spent(measurement));
    return view;
  }

  /** What a search tells of each of its boards; what is not known is left out. */
  static Map<String, Object> numbers(Measurement measurement) {
    Map<String, Object> view = new LinkedHashMap<>();
    measurement.timing().ifPresent(timing -> latency(view, timing));
    measurement.timing().ifPresent(timing -> view.put("origin", timing.latency().origin()));
    measurement.energy().ifPresent(energy -> view.put("energyMicrojoules", energy.value() * 1e6));
    view.put("peakSramBytes", whole(measurement.sram().peak()));
    view.put("flashBytes", whole(measurement.flash().total()));
    view.put("macs", whole(measurement.macs()));
    view.put("params", whole(measurement.params()));
    view.put("modelSha256", measurement.modelSha256());
    view.put("loading", word(measurement.loading()));
    view.put("modelPlace", modelPlace(measurement));
    view.put("linkedBecause", measurement.linkedBecause().orElse(null));
    view.values().removeIf(Objects::isNull);
    return view;
  }

  private static void latency(Map<String, Object> view, Timing timing) {
    timing.instructions().ifPresent(count -> view.put("instructions", whole(count)));
    view.put("latencyMs", timing.latency().value() * 1e3);
    if (timing.latency() instanceof Quantity.Estimated estimated) {
      view.put("latencyRelativeError", estimated.relativeError());
    }
  }

  private static void times(Map<String, Object> view, Timing timing) {
    latency(view, timing);
    view.put("cycles", whole(timing.cycles()));
    clockHz(timing).ifPresent(hertz -> view.put("clockHz", hertz));
  }

  private static Map<String, Object> flash(Measurement measurement) {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("model", whole(measurement.flash().model()));
    parts.put("kernels", whole(measurement.flash().kernels()));
    parts.put("runtime", whole(measurement.flash().runtime()));
    parts.put("startup", whole(measurement.flash().startup()));
    parts.put("bench", whole(measurement.flash().bench()));
    return parts;
  }

  private static Map<String, Object> spent(Measurement measurement) {
    Map<String, Object> spent = new LinkedHashMap<>();
    spent.put("build", measurement.spent().build().toMillis());
    spent.put("boot", measurement.spent().boot().toMillis());
    spent.put("run", measurement.spent().run().toMillis());
    return spent;
  }

  private static Map<String, Object> op(OpCost op) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("op", op.op());
    op.cost().ifPresent(cost -> view.put(unit(cost), whole(cost)));
    view.put("outputCrc32", String.format(Locale.ROOT, "%08x", op.outputCrc()));
    return view;
  }

  private static String unit(Quantity cost) {
    return cost.unit().name().toLowerCase(Locale.ROOT);
  }

  /** Each quantity has an origin of its own. */
  private static Map<String, String> origins(Measurement measurement) {
    Map<String, String> origins = new LinkedHashMap<>();
    measurement.timing().ifPresent(timing -> origins(origins, timing));
    measurement.energy().ifPresent(it -> origins.put("energyMicrojoules", it.origin()));
    origins.put("arenaBytes", measurement.sram().arenaUsed().origin());
    origins.put("stackBytes", measurement.sram().stack().origin());
    origins.put("staticRamBytes", measurement.sram().bss().origin());
    origins.put("peakSramBytes", measurement.sram().peak().origin());
    origins.put("flashBytes", measurement.flash().total().origin());
    origins.put("macs", measurement.macs().origin());
    origins.put("params", measurement.params().origin());
    return origins;
  }

  private static void origins(Map<String, String> origins, Timing timing) {
    timing.instructions().ifPresent(it -> origins.put("instructions", it.origin()));
    origins.put("cycles", timing.cycles().origin());
    origins.put("latencyMs", timing.latency().origin());
  }

  /** Empty where nothing was timed to take any time. */
  private static OptionalLong clockHz(Timing timing) {
    double hertz = timing.cycles().value() / timing.latency().value();
    return hertz > 0 && Double.isFinite(hertz)
        ? OptionalLong.of(Math.round(hertz))
        : OptionalLong.empty();
  }

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

  static List<String> lines(Measurement measurement) {
    return List.of(
        "board      " + measurement.boardId() + ", " + ranOn(measurement) + loading(measurement),
        measurement.timing().map(MeasurementView::latency).orElseGet(() -> noLatency(measurement)),
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

  /** How a model reached the device, in JSON. */
  static String word(Loading loading) {
    return loading.name().toLowerCase(Locale.ROOT);
  }

  /** Where an uploaded model lay, in JSON; null for a linked one. */
  static @Nullable String modelPlace(Measurement measurement) {
    return measurement.modelPlace().map(it -> it.name().toLowerCase(Locale.ROOT)).orElse(null);
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
  static List<String> profile(Measurement measurement) {
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

  static long whole(Quantity quantity) {
    return Math.round(quantity.value());
  }
}
