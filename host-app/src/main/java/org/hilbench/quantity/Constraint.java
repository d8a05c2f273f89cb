package org.hilbench.quantity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A hard limit on one metric, written in words: {@code latency < 50 ms}, {@code peakSram <= 256
 * KiB}, {@code accuracy >= 88 %}, {@code latency < 20 ms on nucleo-l4r5zi}.
 *
 * @param bound in the metric's base unit; KB is 1000 bytes, KiB is 1024
 * @param on the target that it is for; absent where it has to hold on every one
 */
public record Constraint(
    Metric metric, Comparison comparison, double bound, Optional<TargetId> on) {
  private static final Pattern PARTS =
      Pattern.compile(
          "\\s*([^<>=\\s]*)\\s*([<>=!]+)\\s*([-+.\\deE]*)\\s*(.*?)(?:(?<=\\s)on\\s+(\\S+))?\\s*");

  /** What a bound that is met exactly, but excluded, counts as: more than nothing. */
  private static final double LEAST_VIOLATION = 1e-9;

  public Constraint {
    Objects.requireNonNull(metric);
    Objects.requireNonNull(comparison);
    if (!(bound >= 0) || Double.isInfinite(bound)) {
      throw new IllegalArgumentException("bound " + bound + " is not a number of 0 or more");
    }
    if (metric.unit() == Unit.FRACTION && bound > 1) {
      throw new IllegalArgumentException(
          metric.word() + " is a fraction of 1, not " + bound + "; write 88 % or 0.88");
    }
    if (metric == Metric.ACCURACY && on.isPresent()) {
      throw new IllegalArgumentException("accuracy is the same on every board, not on one");
    }
  }

  /** One that has to hold on every target. */
  public Constraint(Metric metric, Comparison comparison, double bound) {
    this(metric, comparison, bound, Optional.empty());
  }

  /**
   * Reads {@code metric operator number unit}, and {@code on target} behind it; fails with {@link
   * IllegalArgumentException} that names the wrong part and what is known in its place.
   */
  @JsonCreator
  public static Constraint parse(String text) {
    try {
      Matcher parts = PARTS.matcher(text);
      require(parts.matches(), "no operator; known: " + signs() + ", as in 'latency < 50 ms'");
      Metric metric = Metric.of(parts.group(1));
      Comparison comparison = comparison(parts.group(2));
      return new Constraint(
          metric,
          comparison,
          bound(metric, parts.group(3), parts.group(4).strip()),
          Optional.ofNullable(parts.group(5)).map(TargetId::parse));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("constraint '" + text + "': " + e.getMessage(), e);
    }
  }

  private static Comparison comparison(String sign) {
    return Arrays.stream(Comparison.values())
        .filter(comparison -> comparison.sign().equals(sign))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "operator '" + sign + "' is unknown; known: " + signs()));
  }

  private static double bound(Metric metric, String number, String unit) {
    UnitWord word =
        UnitWord.find(metric.unit(), unit)
            .orElseThrow(() -> new IllegalArgumentException(wrongUnit(metric, number, unit)));
    try {
      return new BigDecimal(number).multiply(word.factor()).doubleValue();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + number + "' is not a number", e);
    }
  }

  private static String wrongUnit(Metric metric, String number, String unit) {
    String known =
        UnitWord.of(metric.unit()).stream()
            .map(word -> word.word().isEmpty() ? "none" : word.word())
            .collect(Collectors.joining(", "));
    if (number.isEmpty()) {
      return "'" + unit + "' is not a number with a unit (" + known + ")";
    }
    return unit.isEmpty()
        ? metric.word() + " wants a unit behind " + number + "; known: " + known
        : "unit '" + unit + "' is unknown for " + metric.word() + "; known: " + known;
  }

  private static String signs() {
    return Arrays.stream(Comparison.values())
        .map(Comparison::sign)
        .collect(Collectors.joining(", "));
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /** Whether it limits what this target gives. */
  public boolean holdsOn(TargetId target) {
    return on.isEmpty() || on.get().equals(target);
  }

  /** Whether {@code value}, in the metric's base unit, keeps to this limit. */
  public boolean satisfied(double value) {
    return comparison.holds(value, bound);
  }

  /** How far {@code value} is beyond the bound, as a share of the bound; 0 where satisfied. */
  public double violation(double value) {
    if (satisfied(value)) {
      return 0;
    }
    double excess = Math.abs(value - bound);
    return Math.max(LEAST_VIOLATION, bound == 0 ? excess : excess / bound);
  }

  /** In words that {@link #parse} reads, with the unit that makes the number shortest. */
  @JsonValue
  @Override
  public String toString() {
    String amount =
        UnitWord.of(metric.unit()).stream()
            .map(this::inUnit)
            .min(Comparator.comparingInt(Constraint::digits).thenComparing(String::length))
            .orElseThrow();
    String where = on.map(target -> " on " + target).orElse("");
    return metric.word() + " " + comparison.sign() + " " + amount + where;
  }

  private static int digits(String amount) {
    return amount.split(" ", 2)[0].length();
  }

  private String inUnit(UnitWord word) {
    BigDecimal number =
        BigDecimal.valueOf(bound).divide(word.factor(), MathContext.DECIMAL64).stripTrailingZeros();
    return (number.toPlainString() + " " + word.word()).strip();
  }
}
