package org.hilbench.search;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.hilbench.quantity.Metric;
import org.hilbench.space.Architecture;

/** A strategy in one class: each network is a step from the most accurate one that is known. */
public final class HillClimbing implements StrategyProvider<HillClimbing.Settings> {

  /**
   * How it climbs.
   *
   * @param start so many random networks come first
   * @param restart the chance of a random one later
   */
  public record Settings(int start, double restart) {}

  @Override
  public String name() {
    return "hillClimbing";
  }

  @Override
  public Settings defaults() {
    return new Settings(3, 0.1);
  }

  @Override
  public SearchStrategy create(Settings settings, StrategyContext context) {
    Tried.Reader tried = new Tried.Reader(context.space());
    return (number, history) -> {
      RandomGenerator generator = Seeds.generator(context.seed(), number);
      return Ask.startOrEnd(
          tried.read(history).firstNew(() -> next(number, history, settings, context, generator)));
    };
  }

  private static Proposal next(
      int number,
      History history,
      Settings settings,
      StrategyContext context,
      RandomGenerator generator) {
    Optional<Told> best = history.told().stream().max(Comparator.comparing(HillClimbing::accuracy));
    if (best.isEmpty()
        || number < settings.start()
        || generator.nextDouble() < settings.restart()) {
      return history.propose(context.space().random(generator), List.of());
    }
    Architecture peak = best.get().proposal().architecture();
    return history.propose(context.space().mutate(peak, generator), List.of(best.get().trial()));
  }

  private static double accuracy(Told told) {
    return told.verdict() instanceof Verdict.Scored scored
        ? scored.value(Metric.ACCURACY).orElse(0.0)
        : 0;
  }
}
