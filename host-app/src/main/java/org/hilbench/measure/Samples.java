package org.hilbench.measure;

import java.util.List;

/**
 * The raw readings, in order.
 *
 * @param ticks of each timed run, in the counter's unit
 * @param tickSource the counter
 * @param tickHz its ticks a second
 */
public record Samples(int warmups, List<Long> ticks, String tickSource, double tickHz) {
  public Samples {
    ticks = List.copyOf(ticks);
    if (ticks.isEmpty()) {
      throw new IllegalArgumentException("no run was timed");
    }
  }

  /** The middle one; of an even count the lower of the two in the middle. */
  public long median() {
    return ticks.stream().sorted().skip((ticks.size() - 1) / 2).findFirst().orElseThrow();
  }
}
