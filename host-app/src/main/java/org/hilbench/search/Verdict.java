package org.hilbench.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.hilbench.quantity.Metric;
import org.hilbench.quantity.TargetId;

/** What became of a trial, as far as a strategy cares. */
public sealed interface Verdict {

  /**
   * It went all the way.
   *
   * @param values of the network itself, in each metric's base unit
   * @param on the values of each target that it was measured on
   * @param lost in 4 bits, a fraction of accuracy for each convolution in the order of execution;
   *     empty if it was not measured
   */
  record Scored(
      Map<Metric, Double> values, Map<TargetId, Map<Metric, Double>> on, List<Double> lost)
      implements Verdict {
    public Scored {
      values = Map.copyOf(values);
      Map<TargetId, Map<Metric, Double>> byTarget = new TreeMap<>();
      on.forEach((target, numbers) -> byTarget.put(target, Map.copyOf(numbers)));
      on = Collections.unmodifiableMap(byTarget);
      lost = List.copyOf(lost);
      values.forEach(Scored::requireFinite);
      on.values().forEach(numbers -> numbers.forEach(Scored::requireFinite));
    }

    /** All that is known is of the network itself. */
    public Scored(Map<Metric, Double> values) {
      this(values, Map.of(), List.of());
    }

    private static void requireFinite(Metric metric, double value) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(metric.word() + " " + value + " is not a number");
      }
    }

    /** On this target; empty if this metric was not taken there. */
    public Optional<Double> value(Metric metric, TargetId target) {
      Double own = values.get(metric);
      return Optional.ofNullable(own != null ? own : on.getOrDefault(target, Map.of()).get(metric));
    }

    /** On each target, one where they do not differ; empty if it was not taken on one of them. */
    public List<Double> each(Metric metric) {
      if (values.containsKey(metric)) {
        return List.of(Objects.requireNonNull(values.get(metric)));
      }
      List<Double> each = new ArrayList<>();
      on.keySet().forEach(target -> value(metric, target).ifPresent(each::add));
      return each.size() == on.size() ? each : List.of();
    }

    /** On the target where it is worst; empty if this metric was not taken on one of them. */
    public Optional<Double> value(Metric metric) {
      Comparator<Double> better = Comparator.naturalOrder();
      return each(metric).stream().max(metric.lowerIsBetter() ? better : better.reversed());
    }
  }

  /** It does not fit the board: {@code excess} is by how much, as a share of what there is. */
  record Rejected(String reason, double excess) implements Verdict {
    public Rejected {
      Objects.requireNonNull(reason);
      if (!(excess >= 0)) {
        throw new IllegalArgumentException("excess " + excess + " is below 0");
      }
    }
  }

  /** Something broke on the way; nothing is known about the network. */
  record Failed(String reason) implements Verdict {
    public Failed {
      Objects.requireNonNull(reason);
    }
  }
}
