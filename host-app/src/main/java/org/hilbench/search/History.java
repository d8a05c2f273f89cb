package org.hilbench.search;

import java.util.List;

/**
 * What a strategy knows when it proposes trial n: the proposals of the trials 0 to n-1, finished or
 * not, and the tells that it may see, in their order.
 */
public record History(List<Proposal> proposed, List<Told> told) {
  public History {
    proposed = List.copyOf(proposed);
    told = List.copyOf(told);
  }
}
