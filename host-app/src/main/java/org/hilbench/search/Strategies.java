package org.hilbench.search;

import java.util.List;
import org.hilbench.Registry;
import org.hilbench.Stage;

/** The strategies that a user can name. */
public final class Strategies extends Registry<StrategyProvider<?>> {
  public Strategies(List<StrategyProvider<?>> providers) {
    super(Stage.PROPOSE, "strategy", providers);
  }

  /** Those that come with hilbench. */
  public static Strategies standard() {
    return new Strategies(
        List.of(new SteadyStateEvolution.Provider(), new RandomSearch.Provider()));
  }
}
