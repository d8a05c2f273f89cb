package org.hilbench.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What was asked for and told so far, and what the next ask may see of it. */
final class SearchLog {
  private final SearchPlan plan;
  private final List<Asked> asked = new ArrayList<>();
  private final List<Told> arrivals = new ArrayList<>();
  private final TreeMap<Integer, Told> byNumber = new TreeMap<>();

  /** After a wait the next ask sees so many tells; 0 where the strategy does not wait. */
  private int awaited;

  private boolean ended;

  /** Starts with the stored tells, in the order in which they arrived. */
  SearchLog(SearchPlan plan, List<Told> stored) {
    this.plan = plan;
    stored.forEach(this::tell);
    skipTold();
  }

  void tell(Told told) {
    if (told.number() >= plan.trials() || byNumber.putIfAbsent(told.number(), told) != null) {
      throw new IllegalArgumentException(
          told.key() + " is told twice, or beyond the " + plan.trials() + " planned");
    }
    arrivals.add(told);
  }

  /** The number of the next ask. */
  int next() {
    return asked.size();
  }

  /** The strategy's answer to the next ask, based on this history; empty where it waits or ends. */
  Optional<Asked> answer(Ask answer, History history) {
    awaited = answer instanceof Ask.Wait ? history.told().size() + 1 : 0;
    ended = answer instanceof Ask.End;
    Optional<Asked> next = asked(answer, history);
    next.ifPresent(asked::add);
    skipTold();
    return next;
  }

  private Optional<Asked> asked(Ask answer, History history) {
    if (answer instanceof Ask.Start start) {
      return Optional.of(Asked.start(next(), start.proposal()));
    }
    return answer instanceof Ask.Promote promote
        ? Optional.of(promoted(promote, history))
        : Optional.empty();
  }

  private Asked promoted(Ask.Promote promote, History history) {
    Asked last =
        Stream.concat(asked.stream(), arrivals.stream().map(Told::asked))
            .filter(one -> one.key().number() == promote.trial())
            .max(Comparator.comparingInt(one -> one.key().rung()))
            .orElseThrow(() -> refused(promote, "was never started"));
    if (last.key().rung() >= promote.rung()) {
      throw refused(promote, "is or was on rung " + last.key().rung());
    }
    if (history.told().stream().noneMatch(told -> told.asked().equals(last))) {
      throw refused(promote, "is still under way on rung " + last.key().rung());
    }
    Proposal first = last.proposal();
    return new Asked(next(), promote.key(), history.propose(first.architecture(), first.parents()));
  }

  private static IllegalStateException refused(Ask.Promote promote, String why) {
    return new IllegalStateException(
        "the strategy promotes " + promote.key() + ", but this trial " + why);
  }

  /** What is stored is not asked again. */
  private void skipTold() {
    while (byNumber.containsKey(next())) {
      asked.add(Objects.requireNonNull(byNumber.get(next())).asked());
    }
  }

  /** Whether something is left to ask, and all is told that the ask is to see. */
  boolean mayAsk() {
    return !ended
        && next() < plan.trials()
        && (inArrivalOrder()
            ? arrivals.size() >= awaited
            : visible() <= next() && seen().size() == visible());
  }

  /** Where nothing is under way, a strategy that waits would wait for ever. */
  void requireNoWait() {
    if (awaited > 0) {
      throw new IllegalStateException(
          "the strategy waits at ask " + next() + ", but all that it asked for is told");
    }
  }

  /** What the next ask sees. */
  History history() {
    return new History(asked, inArrivalOrder() ? arrivals : List.copyOf(seen()));
  }

  private boolean inArrivalOrder() {
    return plan.order() == TellOrder.BY_ARRIVAL;
  }

  private Collection<Told> seen() {
    return byNumber.headMap(visible()).values();
  }

  /** By number, the next ask sees the tells of all asks below this. */
  private int visible() {
    return Math.max(awaited, next() - plan.window());
  }

  List<Told> arrivals() {
    return List.copyOf(arrivals);
  }
}
