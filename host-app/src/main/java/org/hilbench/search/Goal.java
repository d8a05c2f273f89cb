package org.hilbench.search;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.hilbench.quantity.Constraint;
import org.hilbench.quantity.Metric;

/** What a search is after: the objectives, each to be as good as possible, and the hard limits. */
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

  /** Whether every objective and constrained metric is among {@code values}. */
  public boolean isKnown(Map<Metric, Double> values) {
    return values.keySet().containsAll(objectives)
        && constraints.stream().map(Constraint::metric).allMatch(values::containsKey);
  }

  /** One cost an objective, less is better; accuracy becomes the error, 1 - accuracy. */
  public double[] costs(Map<Metric, Double> values) {
    return objectives.stream().mapToDouble(metric -> cost(metric, value(metric, values))).toArray();
  }

  private static double cost(Metric metric, double value) {
    return metric.lowerIsBetter() ? value : 1 - value;
  }

  /** Sum of the relative violations of all constraints; 0 where all are satisfied. */
  public double violation(Map<Metric, Double> values) {
    return constraints.stream()
        .mapToDouble(constraint -> constraint.violation(value(constraint.metric(), values)))
        .sum();
  }

  private static double value(Metric metric, Map<Metric, Double> values) {
    Double value = values.get(metric);
    if (value == null) {
      throw new IllegalArgumentException(metric.word() + " is not among " + values);
    }
    return value;
  }
}
