package org.hilbench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.hilbench.graph.Graph;
import org.hilbench.graph.WidthChanges;
import org.hilbench.measure.FlashParts;
import org.hilbench.measure.Measurement;
import org.hilbench.measure.SramParts;
import org.hilbench.quantity.Constraint;
import org.hilbench.quantity.Metric;
import org.hilbench.quantity.Quantity;
import org.hilbench.quantity.Unit;
import org.hilbench.trial.Accuracy;
import org.hilbench.trial.Outcome;
import org.hilbench.trial.Trial;

/** Trials with numbers on the report's target, as the page's script reads them. */
final class Points {
  private final ReportData data;

  Points(ReportData data) {
    this.data = data;
  }

  List<Page.Point> all() {
    return data.evaluated().stream().map(this::point).toList();
  }

  private Page.Point point(Trial trial) {
    Measurement measurement = measurement(trial);
    boolean trainedOn = trial.finalVersion();
    return new Page.Point(
        trial.number(),
        data.front().contains(trial.number()),
        trainedOn,
        trial.parents(),
        trial.architecture().summary(),
        places(trial),
        trainedOn ? searchedPlaces(trial.number()) : Map.of(),
        broken(trial),
        facts(trial, measurement),
        asItRuns(trial)
            .map(graph -> LayerTable.of(graph, measurement.ops(), data.lost(trial.number())))
            .orElse(List.of()),
        sram(measurement.sram()),
        flash(measurement.flash()));
  }

  /** With QUANTIZE where the width changes, as in the model whose operators were measured. */
  private Optional<Graph> asItRuns(Trial trial) {
    return data.data()
        .map(shape -> trial.architecture().toGraph(shape.input(), shape.classes()))
        .map(network -> WidthChanges.in(network).graph());
  }

  /** The trial's measurement on the report's target; the caller knows that there is one. */
  Measurement measurement(Trial trial) {
    return evaluated(trial).on(data.target());
  }

  Accuracy accuracy(Trial trial) {
    return evaluated(trial).accuracy();
  }

  Optional<Quantity> at(Axis axis, Trial trial) {
    return axis.of(accuracy(trial), measurement(trial));
  }

  private Map<String, Page.Amount> places(Trial trial) {
    Map<String, Page.Amount> places = new LinkedHashMap<>();
    for (Axis axis : Axis.values()) {
      at(axis, trial).ifPresent(quantity -> places.put(axis.word(), amount(quantity)));
    }
    return places;
  }

  private Map<String, Page.Amount> searchedPlaces(int number) {
    return data.searched().stream()
        .filter(trial -> trial.number() == number)
        .filter(trial -> trial.outcome() instanceof Outcome.Evaluated)
        .findFirst()
        .map(this::places)
        .orElse(Map.of());
  }

  /** The constraints that the trial breaks, in words; one holds on every board or on its own. */
  List<String> broken(Trial trial) {
    List<String> broken = new ArrayList<>();
    for (Constraint constraint : data.constraints()) {
      evaluated(trial)
          .on()
          .forEach(
              (target, measurement) -> {
                if (constraint.holdsOn(target)
                    && breaks(constraint, accuracy(trial), measurement)) {
                  boolean said = constraint.on().isPresent() || target.equals(data.target());
                  String where = said ? "" : " on " + target;
                  broken.add(constraint + where);
                }
              });
    }
    return broken.stream().distinct().toList();
  }

  private static boolean breaks(Constraint constraint, Accuracy accuracy, Measurement measurement) {
    for (Axis axis : Axis.values()) {
      Optional<Quantity> at = axis.of(accuracy, measurement);
      if (axis.limit(constraint).isPresent()
          && at.isPresent()
          && !constraint.satisfied(inMetric(axis, at.get()))) {
        return true;
      }
    }
    return false;
  }

  private static Outcome.Evaluated evaluated(Trial trial) {
    return (Outcome.Evaluated) trial.outcome();
  }

  /** Constraints speak of accuracy, the plot of error. */
  private static double inMetric(Axis axis, Quantity at) {
    return axis == Axis.ERROR ? 1 - at.value() : at.value();
  }

  private List<Page.Fact> facts(Trial trial, Measurement measurement) {
    Accuracy accuracy = accuracy(trial);
    List<Page.Fact> facts = new ArrayList<>();
    facts.add(fact("quantized accuracy, validation, counted", percent(accuracy.int8Validation())));
    accuracy
        .int8Test()
        .ifPresent(
            test -> facts.add(fact("quantized accuracy, test split, counted", percent(test))));
    facts.add(fact("float accuracy, validation, counted", percent(accuracy.floatValidation())));
    if (trial.rung() > 0 && !trial.finalVersion()) {
      facts.add(fact("promoted to", "rung " + trial.rung()));
    }
    facts.add(fact("ran on", measurement.ranOn()));
    measurement.standIn().ifPresent(standIn -> facts.add(fact("in place of the board", standIn)));
    evaluated(trial)
        .on()
        .forEach(
            (target, numbers) -> {
              if (!target.equals(data.target())) {
                facts.add(fact("on " + target, numbers(numbers)));
              }
            });
    facts.add(fact("model", Loadings.of(measurement)));
    facts.add(fact("operating point", operatingPoint(measurement)));
    facts.add(
        fact(
            "TFLite Micro",
            measurement.tflm().version() + ", kernels " + measurement.tflm().kernels()));
    facts.add(fact("toolchain", measurement.toolchain()));
    facts.add(
        fact(
            "timed runs",
            measurement.samples().ticks().size()
                + " after "
                + measurement.samples().warmups()
                + " warm-ups"));
    facts.add(fact("model SHA-256", measurement.modelSha256()));
    facts.add(fact("architecture hash", trial.architecture().canonicalHash()));
    facts.add(fact("seed", Long.toString(trial.provenance().seed())));
    facts.add(
        fact(
            "started",
            Amounts.text(trial.startedAt()) + ", took " + Amounts.text(trial.elapsed())));
    Optional.ofNullable(data.models().get(trial.number()))
        .ifPresent(path -> facts.add(fact("model file", path)));
    return facts;
  }

  /** Of another target than the one that is shown. */
  private static String numbers(Measurement measurement) {
    List<String> numbers = new ArrayList<>();
    for (Axis axis : List.of(Axis.LATENCY, Axis.PEAK_SRAM, Axis.FLASH, Axis.ENERGY)) {
      measurement
          .quantity(Metric.of(axis.word()))
          .map(
              quantity ->
                  axis.label()
                      + " "
                      + Amounts.text(quantity)
                      + " ("
                      + Amounts.origin(quantity)
                      + ")")
          .ifPresent(numbers::add);
    }
    return String.join(", ", numbers) + "; ran on " + measurement.ranOn();
  }

  private static String operatingPoint(Measurement measurement) {
    OptionalDouble hertz = measurement.clock().clockHz().stream().asDoubleStream().findFirst();
    return measurement.operatingPoint()
        + (hertz.isPresent() ? ", " + Amounts.text(hertz.getAsDouble(), Unit.HERTZ) : "");
  }

  private static String percent(double fraction) {
    return Amounts.text(fraction, Unit.FRACTION);
  }

  private static Page.Fact fact(String name, String value) {
    return new Page.Fact(name, value);
  }

  private static List<Page.Part> sram(SramParts sram) {
    return List.of(
        part("arena", sram.arenaUsed()),
        part("stack", sram.stack()),
        part(".data", sram.data()),
        part(".bss", sram.bss()));
  }

  private static List<Page.Part> flash(FlashParts flash) {
    double known =
        flash.model().value()
            + flash.kernels().value()
            + flash.runtime().value()
            + flash.startup().value();
    List<Page.Part> parts =
        new ArrayList<>(
            List.of(
                part("model", flash.model()),
                part("kernels", flash.kernels()),
                part("runtime", flash.runtime()),
                part("start-up", flash.startup())));
    double rest = flash.total().value() - known;
    if (rest > 0) {
      parts.add(part("initial values", new Quantity.Linked(rest, Unit.BYTES)));
    }
    return parts;
  }

  private static Page.Part part(String name, Quantity quantity) {
    return new Page.Part(name, amount(quantity));
  }

  static Page.Amount amount(Quantity quantity) {
    return new Page.Amount(
        quantity.value(),
        Amounts.text(quantity),
        quantity.origin(),
        Amounts.errorBar(quantity).map(bar -> bar.replace("+-", "\u00b1")).orElse(""));
  }
}
