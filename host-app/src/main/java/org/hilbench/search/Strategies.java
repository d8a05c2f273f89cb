package org.hilbench.search;

import java.util.List;
import org.hilbench.space.SearchSpace;

/** The strategies that a user can name. */
public enum Strategies {
  EVOLUTION("evolution") {
    @Override
    public SearchStrategy create(
        long seed, SearchSpace space, Goal goal, int populationSize, int networks) {
      return new SteadyStateEvolution(seed, space, goal, populationSize, networks);
    }
  },
  RANDOM("random") {
    @Override
    public SearchStrategy create(
        long seed, SearchSpace space, Goal goal, int populationSize, int networks) {
      return new RandomSearch(seed, space);
    }
  };

  private final String word;

  Strategies(String word) {
    this.word = word;
  }

  /** The word used on the command line and in the experiment's record. */
  public String word() {
    return word;
  }

  /** A strategy that takes what it needs of these; see {@link SteadyStateEvolution}. */
  public abstract SearchStrategy create(
      long seed, SearchSpace space, Goal goal, int populationSize, int networks);

  /** The strategy of this word, or {@link IllegalArgumentException} naming those that exist. */
  public static Strategies of(String word) {
    return java.util.Arrays.stream(values())
        .filter(strategy -> strategy.word.equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "strategy '" + word + "' is unknown; known: " + String.join(", ", words())));
  }

  public static List<String> words() {
    return java.util.Arrays.stream(values()).map(Strategies::word).toList();
  }
}
