package org.hilbench.search;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.hilbench.space.Architecture;
import org.hilbench.space.SearchSpace;

/**
 * Multi-objective evolution without generations: each proposal descends from the best that are
 * known at that moment (NSGA-II's selection, Deb et al. 2002, in steady state, Durillo et al.
 * 2009).
 *
 * <p>The first {@code populationSize} networks are random.
 */
public final class SteadyStateEvolution implements SearchStrategy {
  public static final int DEFAULT_POPULATION = 8;

  private static final double CROSSOVER_SHARE = 0.5;
  private static final double SECOND_STEP_SHARE = 0.3;

  /** After so many children that were proposed before, a random network is taken. */
  private static final int BROODS = 200;

  private final long seed;
  private final SearchSpace space;
  private final Goal goal;
  private final int populationSize;

  public SteadyStateEvolution(long seed, SearchSpace space, Goal goal, int populationSize) {
    if (populationSize < 2) {
      throw new IllegalArgumentException("population " + populationSize + " is below 2");
    }
    this.seed = seed;
    this.space = space;
    this.goal = goal;
    this.populationSize = populationSize;
  }

  @Override
  public Optional<Proposal> propose(int trial, History history) {
    RandomGenerator generator = Seeds.generator(seed, trial);
    Set<String> known = history.hashes();
    if (trial >= populationSize) {
      Population population = Population.survivors(history.told(), goal, populationSize);
      Optional<Proposal> child = newChild(population, history, known, generator);
      if (child.isPresent()) {
        return child;
      }
    }
    return RandomSearch.newNetwork(space, known, generator)
        .map(architecture -> history.propose(architecture, List.of()));
  }

  private Optional<Proposal> newChild(
      Population population, History history, Set<String> known, RandomGenerator generator) {
    for (int brood = 0; brood < BROODS && population.size() > 0; brood++) {
      Told mother = population.tournament(generator);
      Told father = population.tournament(generator);
      boolean cross = mother.trial() != father.trial() && generator.nextDouble() < CROSSOVER_SHARE;
      Architecture child = cross ? crossed(mother, father, generator) : mutated(mother, generator);
      if (!known.contains(child.canonicalHash())) {
        List<Integer> parents =
            cross ? List.of(mother.trial(), father.trial()) : List.of(mother.trial());
        return Optional.of(history.propose(child, parents));
      }
    }
    return Optional.empty();
  }

  private Architecture crossed(Told mother, Told father, RandomGenerator generator) {
    Architecture child = space.crossover(architecture(mother), architecture(father), generator);
    return generator.nextDouble() < CROSSOVER_SHARE ? space.mutate(child, generator) : child;
  }

  private Architecture mutated(Told parent, RandomGenerator generator) {
    Architecture child = space.mutate(architecture(parent), generator);
    return generator.nextDouble() < SECOND_STEP_SHARE ? space.mutate(child, generator) : child;
  }

  private static Architecture architecture(Told trial) {
    return trial.proposal().architecture();
  }
}
