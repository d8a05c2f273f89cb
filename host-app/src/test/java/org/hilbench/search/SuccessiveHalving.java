package org.hilbench.search;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hilbench.quantity.Metric;
import org.hilbench.space.SearchSpace;

/**
 * Asynchronous successive halving (ASHA, Li et al. 2020): random networks, of which the best third
 * of each rung is taken to the next.
 */
final class SuccessiveHalving implements SearchStrategy {
  private static final int RUNGS = 3;
  private static final int ONE_OF = 3;

  private final long seed;
  private final SearchSpace space;
  private final int networks;

  SuccessiveHalving(long seed, SearchSpace space, int networks) {
    this.seed = seed;
    this.space = space;
    this.networks = networks;
  }

  @Override
  public int trials(int wanted) {
    int all = 0;
    for (int rung = 0, left = wanted; rung < RUNGS; rung++, left /= ONE_OF) {
      all += left;
    }
    return all;
  }

  @Override
  public Ask ask(int number, History history) {
    for (int rung = RUNGS - 1; rung > 0; rung--) {
      Optional<Told> best = promotable(rung - 1, history);
      if (best.isPresent()) {
        return new Ask.Promote(best.get().trial(), rung);
      }
    }
    if (history.asked().stream().filter(one -> one.key().rung() == 0).count() < networks) {
      return new Ask.Start(history.propose(space.random(Seeds.generator(seed, number)), List.of()));
    }
    boolean underWay = history.told().size() < history.asked().size();
    return underWay ? new Ask.Wait() : new Ask.End();
  }

  private static Optional<Told> promotable(int rung, History history) {
    Set<TrialKey> asked = history.asked().stream().map(Asked::key).collect(Collectors.toSet());
    List<Told> there = history.told().stream().filter(told -> told.key().rung() == rung).toList();
    return there.stream()
        .filter(told -> told.verdict() instanceof Verdict.Scored)
        .sorted(Comparator.comparingDouble(SuccessiveHalving::error))
        .limit(there.size() / ONE_OF)
        .filter(told -> !asked.contains(new TrialKey(told.trial(), rung + 1)))
        .findFirst();
  }

  private static double error(Told told) {
    return 1 - ((Verdict.Scored) told.verdict()).value(Metric.ACCURACY).orElseThrow();
  }
}
