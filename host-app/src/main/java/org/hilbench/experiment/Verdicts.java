package org.hilbench.experiment;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hilbench.measure.DoesNotFit;
import org.hilbench.measure.Measurement;
import org.hilbench.quantity.Metric;
import org.hilbench.quantity.TargetId;
import org.hilbench.search.Asked;
import org.hilbench.search.Proposal;
import org.hilbench.search.Told;
import org.hilbench.search.Verdict;
import org.hilbench.trial.Outcome;
import org.hilbench.trial.Sensitivity;
import org.hilbench.trial.Trial;

/** Stored trials as a strategy sees them. */
final class Verdicts {
  private Verdicts() {}

  /** The tell of a trial of the search. */
  static Told told(Trial trial) {
    Proposal proposal = new Proposal(trial.architecture(), trial.parents(), trial.seen());
    return new Asked(trial.ask().getAsInt(), trial.key(), proposal).told(of(trial.outcome()));
  }

  static Verdict of(Outcome outcome) {
    return outcome.fold(
        Verdicts::scored,
        rejected -> new Verdict.Rejected(rejected.reason(), excess(rejected)),
        failed -> new Verdict.Failed(failed.reason()));
  }

  private static Verdict scored(Outcome.Evaluated evaluated) {
    Map<TargetId, Map<Metric, Double>> on = new TreeMap<>();
    evaluated.on().forEach((target, measurement) -> on.put(target, values(measurement)));
    return new Verdict.Scored(
        Map.of(Metric.ACCURACY, evaluated.accuracy().int8Validation()),
        on,
        evaluated.sensitivity().map(Sensitivity::lost).orElse(List.of()));
  }

  private static Map<Metric, Double> values(Measurement measurement) {
    Map<Metric, Double> values = new EnumMap<>(Metric.class);
    for (Metric metric : Metric.values()) {
      measurement.quantity(metric).ifPresent(quantity -> values.put(metric, quantity.value()));
    }
    return values;
  }

  /** Of the board that it fits least. */
  private static double excess(Outcome.Rejected rejected) {
    return rejected.by().stream().mapToDouble(DoesNotFit::excess).max().orElseThrow();
  }
}
