package org.hilbench.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.hilbench.graph.Precision;
import org.hilbench.space.ChainSpace;
import org.hilbench.space.SearchSpace;
import org.junit.jupiter.api.Test;

/** A strategy that learns in workers and keeps checkpoints does what every strategy does. */
class PolicyGradientTest extends SearchStrategyContract {
  private static final SearchSpace SPACE =
      new ChainSpace(ProxyProblem.IMAGE, ProxyProblem.CLASSES, List.of(Precision.values()));

  @Override
  SearchSpace space() {
    return SPACE;
  }

  @Override
  SearchStrategy strategy(long seed, int networks) {
    return strategy(seed, networks, 2);
  }

  private static SearchStrategy strategy(long seed, int networks, double rate) {
    return new PolicyGradient()
        .create(
            new PolicyGradient.Settings(rate),
            new StrategyContext(
                seed, SPACE, Goal.under(List.of()), networks, new MemoryServices()));
  }

  @Test
  void whatItLearnsChangesWhatItProposes() throws Exception {
    assertEquals(search(2), search(2));
    assertNotEquals(search(2), search(0));
  }

  private static List<Told> search(double rate) throws Exception {
    TrialRunner scores =
        asked ->
            CompletableFuture.completedFuture(
                asked.told(ProxyProblem.score(asked.proposal().architecture())));
    return new SearchLoop(strategy(1, 14, rate), scores, SearchPlan.of(14), SearchListener.NONE)
        .run(List.of())
        .told();
  }
}
