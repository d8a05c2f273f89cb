package org.hilbench.space;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Draws from the lists of choices of a space, which are sorted, and until a network fits. */
public final class Draw {
  /** Far more draws than any sensible space needs; only a space of almost nothing exceeds it. */
  private static final int DRAWS = 10_000;

  /** After so many crossings without a child of its own, crossover mutates instead. */
  public static final int CROSSINGS = 20;

  private Draw() {}

  public static <T> T any(List<T> values, RandomGenerator generator) {
    return values.get(generator.nextInt(values.size()));
  }

  /** One step up or down from {@code value}; {@code value} itself at a border. */
  public static <T> T neighbour(List<T> values, T value, RandomGenerator generator) {
    int step = generator.nextBoolean() ? 1 : -1;
    int index = values.indexOf(value) + step;
    return values.get(Math.max(0, Math.min(values.size() - 1, index)));
  }

  /** An index, each with a chance in proportion to its weight; the weights are above 0. */
  static int weighted(double[] weights, RandomGenerator generator) {
    double rest = generator.nextDouble() * Arrays.stream(weights).sum();
    int index = 0;
    while (index < weights.length - 1 && rest >= weights[index]) {
      rest -= weights[index++];
    }
    return index;
  }

  /**
   * The first of a source that is wanted.
   *
   * @throws IllegalStateException saying {@code otherwise} where there seems to be none
   */
  public static <T> T first(Supplier<T> source, Predicate<T> wanted, String otherwise) {
    return Stream.generate(source)
        .limit(DRAWS)
        .filter(wanted)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException("space: " + otherwise + "; widen its choices or limits"));
  }
}
