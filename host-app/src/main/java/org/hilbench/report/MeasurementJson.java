package org.hilbench.report;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.hilbench.desk.ModelMeasurement;
import org.hilbench.measure.Loading;
import org.hilbench.measure.Measurement;
import org.hilbench.measure.OpCost;
import org.hilbench.measure.Timing;
import org.hilbench.quantity.Quantity;
import org.jspecify.annotations.Nullable;

/** A measurement under the names of {@code hilbench measure --json}. */
public final class MeasurementJson {
  private MeasurementJson() {}

  public static Map<String, Object> of(Measurement measurement) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("board", measurement.boardId());
    measurement.timing().ifPresent(it -> view.put("origin", it.latency().origin()));
    view.put("standIn", measurement.standIn().orElse(null));
    view.put("ranOn", measurement.ranOn());
    view.put("loading", word(measurement.loading()));
    view.put("modelPlace", modelPlace(measurement));
    view.put("linkedBecause", measurement.linkedBecause().orElse(null));
    measurement.keptSince().ifPresent(made -> view.put("keptSince", made));
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
    view.put("ops", measurement.ops().stream().map(MeasurementJson::op).toList());
    view.put("origins", origins(measurement));
    view.put("spentMs", spent(measurement));
    return view;
  }

  /** Of one model by itself, with what the reference says of it. */
  public static Map<String, Object> of(ModelMeasurement.Answer.Measured measured) {
    Map<String, Object> view = of(measured.measurement());
    view.put("outputEqualsReference", measured.sameOutput());
    view.put("everyOpEqualsReference", measured.equalsReference());
    view.put("differences", measured.agreement().differences());
    view.put("opsAgainstReference", measured.agreement().ops());
    return view;
  }

  /** What a search tells of each of its boards; what is not known is left out. */
  public static Map<String, Object> numbers(Measurement measurement) {
    Map<String, Object> view = new LinkedHashMap<>();
    measurement.timing().ifPresent(timing -> latency(view, timing));
    measurement.timing().ifPresent(timing -> view.put("origin", timing.latency().origin()));
    measurement.energy().ifPresent(energy -> view.put("energyMicrojoules", energy.value() * 1e6));
    view.put("peakSramBytes", whole(measurement.sram().peak()));
    view.put("flashBytes", whole(measurement.flash().total()));
    view.put("macs", whole(measurement.macs()));
    view.put("params", whole(measurement.params()));
    measurement.keptSince().ifPresent(made -> view.put("keptSince", made));
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

  /** As a key and beside a number. */
  static String unit(Quantity cost) {
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
  static OptionalLong clockHz(Timing timing) {
    double hertz = timing.cycles().value() / timing.latency().value();
    return hertz > 0 && Double.isFinite(hertz)
        ? OptionalLong.of(Math.round(hertz))
        : OptionalLong.empty();
  }

  /** How a model reached the device, in JSON. */
  private static String word(Loading loading) {
    return loading.name().toLowerCase(Locale.ROOT);
  }

  /** Where an uploaded model lay, in JSON; null for a linked one. */
  private static @Nullable String modelPlace(Measurement measurement) {
    return measurement.modelPlace().map(it -> it.name().toLowerCase(Locale.ROOT)).orElse(null);
  }

  /** To the nearest whole one. */
  static long whole(Quantity quantity) {
    return Math.round(quantity.value());
  }
}
