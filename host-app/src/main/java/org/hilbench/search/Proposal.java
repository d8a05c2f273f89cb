package org.hilbench.search;

import java.util.List;
import java.util.Objects;
import org.hilbench.space.Architecture;

/**
 * A network to try.
 *
 * <p>{@code parents} are the numbers of the trials that it descends from: none for a random one,
 * one for a mutation, two for a crossover. {@code seen} is how many tells the strategy knew when it
 * proposed it; with the order of the tells it is all that a replay needs.
 */
public record Proposal(Architecture architecture, List<Integer> parents, int seen) {
  public Proposal {
    Objects.requireNonNull(architecture);
    parents = List.copyOf(parents);
    if (seen < 0) {
      throw new IllegalArgumentException("seen " + seen + " is below 0");
    }
  }
}
