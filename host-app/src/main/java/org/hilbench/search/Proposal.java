package org.hilbench.search;

import java.util.List;
import java.util.Objects;
import org.hilbench.space.Architecture;

/**
 * A network to try, and the numbers of the trials that it descends from: none for a random one, one
 * for a mutation, two for a crossover.
 */
public record Proposal(Architecture architecture, List<Integer> parents) {
  public Proposal {
    Objects.requireNonNull(architecture);
    parents = List.copyOf(parents);
  }
}
