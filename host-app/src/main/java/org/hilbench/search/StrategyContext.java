package org.hilbench.search;

import java.util.Objects;
import org.hilbench.space.SearchSpace;

/**
 * What a strategy is made for.
 *
 * @param seed of all that it draws
 * @param networks how many networks are to be tried
 * @param services for one that learns
 */
public record StrategyContext(
    long seed, SearchSpace space, Goal goal, int networks, StrategyServices services) {
  public StrategyContext {
    Objects.requireNonNull(services);
    Objects.requireNonNull(space);
    Objects.requireNonNull(goal);
    if (networks < 1) {
      throw new IllegalArgumentException("networks " + networks + " is below 1");
    }
  }
}
