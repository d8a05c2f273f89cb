package org.hilbench.search;

import java.util.List;
import org.hilbench.space.Architecture;

/**
 * What a strategy knows when it proposes trial n: the proposals of the trials 0 to n-1, finished or
 * not, and the tells that it may see, in their order.
 */
public record History(List<Proposal> proposed, List<Told> told) {
  public History {
    proposed = List.copyOf(proposed);
    told = List.copyOf(told);
  }

  /** A proposal that is based on this history. */
  public Proposal propose(Architecture architecture, List<Integer> parents) {
    return new Proposal(architecture, parents, told.size());
  }
}
