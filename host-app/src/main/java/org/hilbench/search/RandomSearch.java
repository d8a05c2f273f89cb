package org.hilbench.search;

import java.util.List;
import java.util.random.RandomGenerator;
import org.hilbench.space.SearchSpace;

/** Draws every network at random, never one twice: the baseline of every other strategy. */
public final class RandomSearch implements SearchStrategy {
  private final long seed;
  private final SearchSpace space;
  private final Tried.Reader tried;

  /** {@code random}; where precision is searched, it is drawn with the network. */
  public static final class Provider implements StrategyProvider<StrategyProvider.None> {
    @Override
    public String name() {
      return "random";
    }

    @Override
    public None defaults() {
      return new None();
    }

    @Override
    public SearchStrategy create(None settings, StrategyContext context) {
      return new RandomSearch(context.seed(), context.space());
    }
  }

  public RandomSearch(long seed, SearchSpace space) {
    this.seed = seed;
    this.space = space;
    this.tried = new Tried.Reader(space);
  }

  @Override
  public Ask ask(int number, History history) {
    RandomGenerator generator = Seeds.generator(seed, number);
    return Ask.startOrEnd(
        tried.read(history).firstNew(() -> history.propose(space.random(generator), List.of())));
  }
}
