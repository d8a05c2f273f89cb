package org.hilbench.search;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hilbench.quantity.Metric;

/** What became of a trial, as far as a strategy cares. */
public sealed interface Verdict {

  /**
   * It went all the way.
   *
   * @param values in each metric's base unit
   * @param lost in 4 bits, a fraction of accuracy for each convolution in the order of execution;
   *     empty if it was not measured
   */
  record Scored(Map<Metric, Double> values, List<Double> lost) implements Verdict {
    public Scored {
      values = Map.copyOf(values);
      lost = List.copyOf(lost);
      values.forEach(Scored::requireFinite);
    }

    public Scored(Map<Metric, Double> values) {
      this(values, List.of());
    }

    private static void requireFinite(Metric metric, double value) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(metric.word() + " " + value + " is not a number");
      }
    }

    /** Empty if this metric was not taken. */
    public Optional<Double> value(Metric metric) {
      return Optional.ofNullable(values.get(metric));
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
