package org.hilbench.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.hilbench.space.Generators;
import org.hilbench.space.SearchSpace;
import org.junit.jupiter.api.Test;

/** A strategy of several rungs keeps to what the others keep to. */
class SuccessiveHalvingTest extends SearchStrategyContract {
  private final SearchSpace space = Generators.fashionSpace();

  @Override
  SearchStrategy strategy(long seed, int networks) {
    return new SuccessiveHalving(seed, space, networks, new SuccessiveHalving.Settings(3, true));
  }

  @Override
  SearchSpace space() {
    return space;
  }

  @Test
  void theBestThirdClimbsEachRung() throws Exception {
    TrialRunner runner =
        asked ->
            CompletableFuture.completedFuture(
                asked.told(ProxyProblem.score(asked.proposal().architecture())));
    SearchStrategy halving = strategy(1, 18);
    SearchLoop loop =
        new SearchLoop(halving, runner, SearchPlan.of(halving.trials(18)), SearchListener.NONE);
    assertEquals(
        List.of(18L, 6L, 2L),
        List.copyOf(
            loop.run(List.of()).told().stream()
                .collect(Collectors.groupingBy(told -> told.key().rung(), Collectors.counting()))
                .values()));
  }
}
