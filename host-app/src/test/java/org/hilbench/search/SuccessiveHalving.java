package org.hilbench.search;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hilbench.quantity.Metric;
import org.hilbench.space.SearchSpace;

/**
 * Asynchronous successive halving (ASHA, Li et al. 2020): random networks, of which the best third
 * of each rung is taken to the next, which trains three times as long; never more than a third,
 * though others turn out to be better.
 */
public final class SuccessiveHalving implements SearchStrategy {
  private static final int ONE_OF = 3;

  private final long seed;
  private final SearchSpace space;
  private final int networks;
  private final Settings settings;
  private final Tried.Reader tried;

  /**
   * How it climbs.
   *
   * @param rungs so many there are
   * @param continued whether a network is trained on; else it is trained anew
   */
  public record Settings(int rungs, boolean continued) {}

  /** {@code successiveHalving}. */
  public static final class Provider implements StrategyProvider<Settings> {
    @Override
    public String name() {
      return "successiveHalving";
    }

    @Override
    public Settings defaults() {
      return new Settings(3, true);
    }

    @Override
    public SearchStrategy create(Settings settings, StrategyContext context) {
      return new SuccessiveHalving(context.seed(), context.space(), context.networks(), settings);
    }
  }

  public SuccessiveHalving(long seed, SearchSpace space, int networks, Settings settings) {
    this.seed = seed;
    this.space = space;
    this.networks = networks;
    this.settings = settings;
    this.tried = new Tried.Reader(space);
  }

  @Override
  public List<Rung> rungs() {
    return IntStream.range(0, settings.rungs())
        .mapToObj(
            rung ->
                new Rung(
                    Math.pow(ONE_OF, 1.0 + rung - settings.rungs()),
                    rung > 0 && settings.continued()))
        .toList();
  }

  @Override
  public int trials(int wanted) {
    int all = 0;
    for (int rung = 0, left = wanted; rung < settings.rungs(); rung++, left /= ONE_OF) {
      all += left;
    }
    return all;
  }

  @Override
  public Ask ask(int number, History history) {
    for (int rung = settings.rungs() - 1; rung > 0; rung--) {
      Optional<Told> best = promotable(rung - 1, history);
      if (best.isPresent()) {
        return new Ask.Promote(best.get().trial(), rung);
      }
    }
    if (history.asked().stream().filter(one -> one.key().rung() == 0).count() < networks) {
      RandomGenerator generator = Seeds.generator(seed, number);
      return Ask.startOrEnd(
          tried.read(history).firstNew(() -> history.propose(space.random(generator), List.of())));
    }
    boolean underWay = history.told().size() < history.asked().size();
    return underWay ? new Ask.Wait() : new Ask.End();
  }

  private static Optional<Told> promotable(int rung, History history) {
    Set<TrialKey> asked = history.asked().stream().map(Asked::key).collect(Collectors.toSet());
    List<Told> there = history.told().stream().filter(told -> told.key().rung() == rung).toList();
    int places = there.size() / ONE_OF;
    if (asked.stream().filter(key -> key.rung() == rung + 1).count() >= places) {
      return Optional.empty();
    }
    return there.stream()
        .filter(told -> told.verdict() instanceof Verdict.Scored)
        .sorted(Comparator.comparingDouble(SuccessiveHalving::error))
        .limit(places)
        .filter(told -> !asked.contains(new TrialKey(told.trial(), rung + 1)))
        .findFirst();
  }

  private static double error(Told told) {
    return 1 - ((Verdict.Scored) told.verdict()).value(Metric.ACCURACY).orElseThrow();
  }
}
