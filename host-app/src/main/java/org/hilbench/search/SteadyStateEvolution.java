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
 */
public final class SteadyStateEvolution implements SearchStrategy {
  private static final int RANDOM_CANDIDATES = 8;
  private static final int CHILD_CANDIDATES = 3;
  private static final double CROSSOVER_SHARE = 0.5;

  /** Chance of one more mutation of a crossed child, and of a copy that is mutated anyway. */
  private static final double MORE_AFTER_CROSSOVER = 0.5;

  private static final double MORE_AFTER_MUTATION = 0.7;

  private final long seed;
  private final SearchSpace space;
  private final int populationSize;
  private final Tried.Reader tried;
  private final Population.Reader survivors;

  /**
   * How it is told to search.
   *
   * @param population how many survivors there are to descend from
   */
  public record Settings(int population) {
    public Settings {
      if (population < 2 || population > 100_000) {
        String wanted = population < 2 ? "2 or more" : "100000 at most";
        throw new IllegalArgumentException("population is " + population + ", wanted: " + wanted);
      }
    }
  }

  /** {@code evolution}; where precision is searched, it comes after the networks. */
  public static final class Provider implements StrategyProvider<Settings> {
    @Override
    public String name() {
      return "evolution";
    }

    @Override
    public Settings defaults() {
      return new Settings(8);
    }

    @Override
    public SearchStrategy create(Settings settings, StrategyContext context) {
      SearchStrategy networks =
          new SteadyStateEvolution(
              context.seed(), context.space().inInt8(), context.goal(), settings);
      return MixedPrecision.after(networks, context, settings.population());
    }
  }

  public SteadyStateEvolution(long seed, SearchSpace space, Goal goal, Settings settings) {
    this.seed = seed;
    this.space = space;
    this.populationSize = settings.population();
    this.tried = new Tried.Reader(space);
    this.survivors = new Population.Reader(goal, populationSize);
  }

  @Override
  public Ask ask(int number, History history) {
    RandomGenerator generator = Seeds.generator(seed, number);
    Tried networks = tried.read(history);
    Optional<Proposal> child =
        number < populationSize ? Optional.empty() : newChild(history, networks, generator);
    return Ask.startOrEnd(
        child.or(
            () ->
                networks.leastAlike(
                    RANDOM_CANDIDATES, () -> history.propose(space.random(generator), List.of()))));
  }

  private Optional<Proposal> newChild(History history, Tried networks, RandomGenerator generator) {
    Population population = survivors.read(history);
    return population.size() == 0
        ? Optional.empty()
        : networks.leastAlike(CHILD_CANDIDATES, () -> child(population, history, generator));
  }

  private Proposal child(Population population, History history, RandomGenerator generator) {
    Told mother = population.tournament(generator);
    Told father = population.tournament(generator);
    if (mother.trial() == father.trial() || generator.nextDouble() >= CROSSOVER_SHARE) {
      Architecture mutant = space.mutate(architecture(mother), generator);
      return history.propose(
          mutated(mutant, MORE_AFTER_MUTATION, generator), List.of(mother.trial()));
    }
    Architecture crossed = space.crossover(architecture(mother), architecture(father), generator);
    return history.propose(
        mutated(crossed, MORE_AFTER_CROSSOVER, generator), List.of(mother.trial(), father.trial()));
  }

  private Architecture mutated(Architecture start, double chance, RandomGenerator generator) {
    Architecture network = start;
    while (generator.nextDouble() < chance) {
      network = space.mutate(network, generator);
    }
    return network;
  }

  private static Architecture architecture(Told trial) {
    return trial.proposal().architecture();
  }
}
