package org.hilbench.search;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.hilbench.space.Architecture;
import org.hilbench.space.SearchSpace;

/**
 * Multi-objective evolution without generations: each proposal descends from the survivors that are
 * known at that moment (SMS-EMOA, Beume et al. 2007).
 *
 * <p>The first {@code populationSize} networks are random. As trials are dear and a network's size
 * is known for nothing, each proposal is the one of a few whose size was tried least.
 *
 * <p>Where precision is searched, networks come first, in int8, and after them other precisions of
 * those that survived: their float weights are there already, so such a trial costs a fraction. (As
 * once-for-all networks bring in one dimension after the other, Cai et al. 2020; why not both at
 * once: docs/decisions/006.)
 */
public final class SteadyStateEvolution implements SearchStrategy {
  public static final int DEFAULT_POPULATION = 8;

  private static final int RANDOM_CANDIDATES = 8;
  private static final int CHILD_CANDIDATES = 3;
  private static final double CROSSOVER_SHARE = 0.5;

  /** Chance of one more mutation of a crossed child, and of a copy that is mutated anyway. */
  private static final double MORE_AFTER_CROSSOVER = 0.5;

  private static final double MORE_AFTER_MUTATION = 0.7;

  /** Where precision is searched, one trial more for each so many networks. */
  private static final int NETWORKS_TO_A_PRECISION = 3;

  /** Of two survivors that are one network in different precisions, so many are crossed. */
  private static final double CROSSED_PRECISION = 0.5;

  private final long seed;
  private final SearchSpace space;
  private final SearchSpace networkSpace;
  private final Goal goal;
  private final int populationSize;
  private final int networks;

  /**
   * A search in a space.
   *
   * @param networks so many trials propose networks, all that follow other precisions of them
   */
  public SteadyStateEvolution(
      long seed, SearchSpace space, Goal goal, int populationSize, int networks) {
    if (populationSize < 2) {
      throw new IllegalArgumentException("population " + populationSize + " is below 2");
    }
    this.seed = seed;
    this.space = space;
    this.goal = goal;
    this.populationSize = populationSize;
    this.networks = networks;
    this.networkSpace = space.inInt8();
  }

  @Override
  public int trials(int wanted) {
    boolean precisionSearched = space.precisions().size() > 1;
    return precisionSearched ? wanted + wanted / NETWORKS_TO_A_PRECISION : wanted;
  }

  @Override
  public Ask ask(int number, History history) {
    return Ask.startOrEnd(propose(number, history));
  }

  private Optional<Proposal> propose(int trial, History history) {
    RandomGenerator generator = Seeds.generator(seed, trial);
    Tried tried = new Tried(history, space);
    if (trial >= networks) {
      return inOtherPrecision(history, tried, generator);
    }
    Optional<Proposal> child =
        trial < populationSize ? Optional.empty() : newChild(history, tried, generator);
    return child.or(
        () ->
            tried.leastAlike(
                RANDOM_CANDIDATES,
                () -> history.propose(networkSpace.random(generator), List.of())));
  }

  private Optional<Proposal> newChild(History history, Tried tried, RandomGenerator generator) {
    Population population = Population.of(history.told(), goal, populationSize);
    return population.size() == 0
        ? Optional.empty()
        : tried.leastAlike(CHILD_CANDIDATES, () -> child(population, history, generator));
  }

  private Proposal child(Population population, History history, RandomGenerator generator) {
    Told mother = population.tournament(generator);
    Told father = population.tournament(generator);
    if (mother.trial() == father.trial() || generator.nextDouble() >= CROSSOVER_SHARE) {
      Architecture mutant = networkSpace.mutate(architecture(mother), generator);
      return history.propose(
          mutated(mutant, MORE_AFTER_MUTATION, generator), List.of(mother.trial()));
    }
    Architecture crossed =
        networkSpace.crossover(architecture(mother), architecture(father), generator);
    return history.propose(
        mutated(crossed, MORE_AFTER_CROSSOVER, generator), List.of(mother.trial(), father.trial()));
  }

  private Architecture mutated(Architecture start, double chance, RandomGenerator generator) {
    Architecture network = start;
    while (generator.nextDouble() < chance) {
      network = networkSpace.mutate(network, generator);
    }
    return network;
  }

  private Optional<Proposal> inOtherPrecision(
      History history, Tried tried, RandomGenerator generator) {
    Population population = Population.of(history.told(), goal, populationSize);
    return population.size() == 0
        ? Optional.empty()
        : tried.firstNew(() -> otherVersion(population, history, generator));
  }

  private Proposal otherVersion(Population population, History history, RandomGenerator generator) {
    Told one = population.tournament(generator);
    Told other = population.tournament(generator);
    Architecture network = architecture(one);
    boolean versions =
        one.trial() != other.trial() && network.inInt8().equals(architecture(other).inInt8());
    if (versions && generator.nextDouble() < CROSSED_PRECISION) {
      return history.propose(
          space.crossedPrecision(network, architecture(other), generator),
          List.of(one.trial(), other.trial()));
    }
    return history.propose(
        space.inOtherPrecision(network, lost(one), generator), List.of(one.trial()));
  }

  private static List<Double> lost(Told trial) {
    return trial.verdict() instanceof Verdict.Scored scored ? scored.lost() : List.of();
  }

  private static Architecture architecture(Told trial) {
    return trial.proposal().architecture();
  }
}
