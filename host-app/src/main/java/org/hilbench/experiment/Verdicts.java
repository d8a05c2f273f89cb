package org.hilbench.experiment;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hilbench.measure.DoesNotFit;
import org.hilbench.quantity.Metric;
import org.hilbench.quantity.Quantity;
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
        evaluated ->
            new Verdict.Scored(
                values(evaluated),
                evaluated.sensitivity().map(Sensitivity::lost).orElse(List.of())),
        rejected ->
            new Verdict.Rejected(rejected.reason(), excess(rejected)),
        failed -> new Verdict.Failed(failed.reason()));
  }

  /** Of the board that it fits least. */
  private static double excess(Outcome.Rejected rejected) {
    return rejected.by().stream().mapToDouble(DoesNotFit::excess).max().orElseThrow();
  }

  /** On several boards the worst of them counts: a constraint has to hold on all. */
  static Map<Metric, Double> values(Outcome.Evaluated evaluated) {
    Map<Metric, Double> values = new EnumMap<>(Metric.class);
    values.put(Metric.ACCURACY, evaluated.accuracy().int8Validation());
    for (Metric metric : Metric.values()) {
      evaluated.on().values().stream()
          .map(measurement -> measurement.quantity(metric))
          .flatMap(Optional::stream)
          .mapToDouble(Quantity::value)
          .max()
          .ifPresent(worst -> values.put(metric, worst));
    }
    return values;
  }
}
