package org.hilbench.search;

import java.util.List;
import java.util.random.RandomGenerator;
import org.hilbench.space.SearchSpace;

/** Draws every network at random, never one twice: the baseline of every other strategy. */
public final class RandomSearch implements SearchStrategy {
  private final long seed;
  private final SearchSpace space;

  public RandomSearch(long seed, SearchSpace space) {
    this.seed = seed;
    this.space = space;
  }

  @Override
  public Ask ask(int number, History history) {
    RandomGenerator generator = Seeds.generator(seed, number);
    return Ask.startOrEnd(
        new Tried(history, space)
            .firstNew(() -> history.propose(space.random(generator), List.of())));
  }
}
