package org.hilbench.search;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.hilbench.BenchException;
import org.hilbench.space.Architecture;

/**
 * Searches precision after the networks: first another strategy proposes networks in int8, then
 * come other precisions of those that survived. Their float weights are there already, so such a
 * trial costs a fraction. (As once-for-all networks bring in one dimension after the other, Cai et
 * al. 2020; why not both at once: docs/decisions/006.)
 */
public final class MixedPrecision implements SearchStrategy {
  /** One trial more for each so many networks. */
  private static final int NETWORKS_TO_A_PRECISION = 3;

  /** Of two survivors that are one network in different precisions, so many are crossed. */
  private static final double CROSSED = 0.5;

  private final SearchStrategy inInt8;
  private final StrategyContext context;
  private final Tried.Reader tried;
  private final Population.Reader survivors;

  private MixedPrecision(SearchStrategy inInt8, StrategyContext context, int population) {
    this.inInt8 = inInt8;
    this.context = context;
    this.tried = new Tried.Reader(context.space());
    this.survivors = new Population.Reader(context.goal(), population);
  }

  /**
   * The strategy alone where the space is all int8; else the search of precisions after it.
   *
   * @param inInt8 draws from {@code context.space().inInt8()}
   * @param population of so many survivors other precisions are tried
   */
  public static SearchStrategy after(
      SearchStrategy inInt8, StrategyContext context, int population) {
    return context.space().precisions().size() > 1
        ? new MixedPrecision(inInt8, context, population)
        : inInt8;
  }

  @Override
  public int trials(int networks) {
    return inInt8.trials(networks) + networks / NETWORKS_TO_A_PRECISION;
  }

  @Override
  public List<Rung> rungs() {
    return inInt8.rungs();
  }

  @Override
  public Ask ask(int number, History history) throws BenchException, InterruptedException {
    return number < inInt8.trials(context.networks())
        ? inInt8.ask(number, history)
        : Ask.startOrEnd(inOtherPrecision(number, history));
  }

  private Optional<Proposal> inOtherPrecision(int number, History history) {
    RandomGenerator generator = Seeds.generator(context.seed(), number);
    Population population = survivors.read(history);
    return population.size() == 0
        ? Optional.empty()
        : tried.read(history).firstNew(() -> otherVersion(population, history, generator));
  }

  private Proposal otherVersion(Population population, History history, RandomGenerator generator) {
    Told one = population.tournament(generator);
    Told other = population.tournament(generator);
    Architecture network = one.proposal().architecture();
    Architecture second = other.proposal().architecture();
    boolean versions = one.trial() != other.trial() && network.inInt8().equals(second.inInt8());
    if (versions && generator.nextDouble() < CROSSED) {
      return history.propose(
          context.space().crossedPrecision(network, second, generator),
          List.of(one.trial(), other.trial()));
    }
    return history.propose(
        context.space().inOtherPrecision(network, lost(one), generator), List.of(one.trial()));
  }

  private static List<Double> lost(Told trial) {
    return trial.verdict() instanceof Verdict.Scored scored ? scored.lost() : List.of();
  }
}
