package org.hilbench.space;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Draws from the lists of choices of a space, which are sorted. */
final class Choice {
  private Choice() {}

  static <T> T any(List<T> values, RandomGenerator generator) {
    return values.get(generator.nextInt(values.size()));
  }

  /** One step up or down from {@code value}; {@code value} itself at a border. */
  static <T> T neighbour(List<T> values, T value, RandomGenerator generator) {
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
}
