package org.hilbench.search;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.hilbench.space.Architecture;
import org.hilbench.space.SearchSpace;

/** Draws every network at random, never one twice: the baseline of every other strategy. */
public final class RandomSearch implements SearchStrategy {
  private static final int DRAWS = 1_000;

  private final long seed;
  private final SearchSpace space;

  public RandomSearch(long seed, SearchSpace space) {
    this.seed = seed;
    this.space = space;
  }

  @Override
  public Optional<Proposal> propose(int trial, History history) {
    RandomGenerator generator = Seeds.generator(seed, trial);
    return newNetwork(space, history.hashes(), generator)
        .map(architecture -> history.propose(architecture, List.of()));
  }

  /** A random network whose hash is not known; empty if there seems to be none left. */
  static Optional<Architecture> newNetwork(
      SearchSpace space, Set<String> known, RandomGenerator generator) {
    return Stream.generate(() -> space.random(generator))
        .limit(DRAWS)
        .filter(drawn -> !known.contains(drawn.canonicalHash()))
        .findFirst();
  }
}
