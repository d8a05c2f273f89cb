package org.hilbench.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/** What was proposed and told so far, and what the next proposal may see of it. */
final class SearchLog {
  private final SearchPlan plan;
  private final List<Proposal> proposed = new ArrayList<>();
  private final List<Told> arrivals = new ArrayList<>();
  private final TreeMap<Integer, Told> byTrial = new TreeMap<>();

  /** Starts with the stored tells, in the order in which they arrived. */
  SearchLog(SearchPlan plan, List<Told> stored) {
    this.plan = plan;
    stored.forEach(this::tell);
    skipTold();
  }

  void tell(Told told) {
    if (told.trial() >= plan.trials() || byTrial.putIfAbsent(told.trial(), told) != null) {
      throw new IllegalArgumentException(
          "trial " + told.trial() + " is told twice, or beyond the " + plan.trials() + " planned");
    }
    arrivals.add(told);
  }

  /** The number of the next trial to propose. */
  int next() {
    return proposed.size();
  }

  void propose(Proposal proposal) {
    proposed.add(proposal);
    skipTold();
  }

  /** What is stored is not proposed again. */
  private void skipTold() {
    while (byTrial.containsKey(next())) {
      proposed.add(Objects.requireNonNull(byTrial.get(next())).proposal());
    }
  }

  /** Whether a trial is left, and all is told that its proposal is to see. */
  boolean mayPropose() {
    return next() < plan.trials() && (inArrivalOrder() || window().size() == beforeWindow());
  }

  /** What the next proposal sees. */
  History history() {
    return new History(proposed, inArrivalOrder() ? arrivals : List.copyOf(window()));
  }

  private boolean inArrivalOrder() {
    return plan.order() == TellOrder.BY_ARRIVAL;
  }

  private Collection<Told> window() {
    return byTrial.headMap(beforeWindow()).values();
  }

  private int beforeWindow() {
    return Math.max(0, next() - plan.window());
  }

  List<Told> arrivals() {
    return List.copyOf(arrivals);
  }
}
