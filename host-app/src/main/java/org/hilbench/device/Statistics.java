package org.hilbench.device;

import java.util.List;
import java.util.OptionalLong;

/**
 * Readings of the last run. Sizes in bytes.
 *
 * @param ticks of each timed run, in order
 * @param tickHz ticks a second; empty where it hangs on a clock that is not confirmed
 * @param stackUsed high-water mark since boot
 */
public record Statistics(
    List<Long> ticks,
    String tickSource,
    OptionalLong tickHz,
    long arenaUsed,
    long arenaBytes,
    long stackUsed,
    long stackBytes) {
  public Statistics {
    ticks = List.copyOf(ticks);
  }
}
