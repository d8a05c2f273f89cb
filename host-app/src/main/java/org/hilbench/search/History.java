package org.hilbench.search;

import java.util.List;
import org.hilbench.space.Architecture;

/**
 * What a strategy knows when it is asked under number n: what was asked for under the numbers 0 to
 * n-1, finished or not, and the tells that it may see, in their order.
 */
public record History(List<Asked> asked, List<Told> told) {
  public History {
    asked = List.copyOf(asked);
    told = List.copyOf(told);
  }

  /** A proposal that is based on this history. */
  public Proposal propose(Architecture architecture, List<Integer> parents) {
    return new Proposal(architecture, parents, told.size());
  }
}
