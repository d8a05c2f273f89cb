package org.hilbench.search;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.hilbench.quantity.Constraint;
import org.hilbench.quantity.Metric;

/**
 * What a search is after: the objectives, each to be as good as possible, and the hard limits.
 *
 * <p>One network is for all targets of a search. So each objective counts as it is on the target
 * where it is worst, by itself: the latency may be that of one board and the flash that of another.
 * A constraint has to hold on every target, unless it names one; of several violations of it the
 * greatest counts. What one target does not tell is not known.
 */
public record Goal(List<Metric> objectives, List<Constraint> constraints) {
  /** What is searched for unless the user says otherwise. */
  public static final List<Metric> DEFAULT_OBJECTIVES =
      List.of(Metric.ACCURACY, Metric.LATENCY, Metric.PEAK_SRAM, Metric.FLASH);

  public Goal {
    objectives = List.copyOf(objectives);
    constraints = List.copyOf(constraints);
    if (objectives.isEmpty() || new HashSet<>(objectives).size() < objectives.size()) {
      throw new IllegalArgumentException(
          "objectives " + objectives + " are none, or one is named twice");
    }
  }

  /** The default objectives under these constraints. */
  public static Goal under(List<Constraint> constraints) {
    return new Goal(DEFAULT_OBJECTIVES, constraints);
  }

  /** Reads objectives by their words, such as {@code accuracy} and {@code latency}. */
  public static List<Metric> parseObjectives(List<String> words) {
    try {
      return words.stream().map(String::strip).map(Metric::of).toList();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("objectives " + words + ": " + e.getMessage(), e);
    }
  }

  /** Whether every objective and constrained metric is known where it counts. */
  public boolean isKnown(Verdict.Scored scored) {
    return objectives.stream().noneMatch(metric -> scored.each(metric).isEmpty())
        && constraints.stream().noneMatch(constraint -> limited(constraint, scored).isEmpty());
  }

  /** One cost an objective, less is better; accuracy becomes the error, 1 - accuracy. */
  public double[] costs(Verdict.Scored scored) {
    return objectives.stream()
        .mapToDouble(metric -> cost(metric, known(metric, scored.value(metric), scored)))
        .toArray();
  }

  private static double cost(Metric metric, double value) {
    return metric.lowerIsBetter() ? value : 1 - value;
  }

  /** Sum of the relative violations of all constraints; 0 where all are satisfied. */
  public double violation(Verdict.Scored scored) {
    return constraints.stream().mapToDouble(constraint -> violation(constraint, scored)).sum();
  }

  private static double violation(Constraint constraint, Verdict.Scored scored) {
    Optional<Double> greatest =
        limited(constraint, scored).stream()
            .map(constraint::violation)
            .max(Comparator.naturalOrder());
    return known(constraint.metric(), greatest, scored);
  }

  /** The values that the constraint is about. */
  private static List<Double> limited(Constraint constraint, Verdict.Scored scored) {
    return constraint
        .on()
        .map(target -> scored.value(constraint.metric(), target).stream().toList())
        .orElseGet(() -> scored.each(constraint.metric()));
  }

  private static double known(Metric metric, Optional<Double> value, Verdict.Scored scored) {
    return value.orElseThrow(
        () -> new IllegalArgumentException(metric.word() + " is not among " + scored));
  }
}
