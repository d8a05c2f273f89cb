package org.hilbench.measure;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The raw readings, in order.
 *
 * @param ticks of each timed run, in the counter's unit
 * @param tickSource the counter
 * @param tickHz its ticks a second; absent where the firmware cannot know them
 */
public record Samples(int warmups, List<Long> ticks, String tickSource, OptionalDouble tickHz) {
  public Samples {
    ticks = List.copyOf(ticks);
    if (ticks.isEmpty()) {
      throw new IllegalArgumentException("no run was timed");
    }
  }

  public static OptionalDouble rate(OptionalLong hz) {
    return hz.isPresent() ? OptionalDouble.of((double) hz.getAsLong()) : OptionalDouble.empty();
  }

  /** The middle one; of an even count the lower of the two in the middle. */
  public long median() {
    return ticks.stream().sorted().skip((ticks.size() - 1) / 2).findFirst().orElseThrow();
  }
}
