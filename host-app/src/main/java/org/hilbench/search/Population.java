package org.hilbench.search;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.moeaframework.core.Solution;
import org.moeaframework.core.comparator.NondominatedSortingComparator;
import org.moeaframework.core.constraint.LessThanOrEqual;
import org.moeaframework.core.population.NondominatedSortingPopulation;

/**
 * The best of what was told, by NSGA-II's order (Deb et al. 2002): feasible before infeasible, less
 * violation first, then non-domination rank, then crowding distance.
 */
final class Population {
  private static final String TRIAL = "trial";

  /** Behind every network that could be built, whatever limits that one violates. */
  private static final double NEVER_BUILT = 1e6;

  private final NondominatedSortingPopulation members = new NondominatedSortingPopulation();
  private final Map<Integer, Told> byTrial;

  private Population(Map<Integer, Told> byTrial) {
    this.byTrial = byTrial;
  }

  /** At most {@code size} of these; what failed, or lacks an objective, is left out. */
  static Population survivors(List<Told> told, Goal goal, int size) {
    Map<Integer, Told> byTrial = new java.util.HashMap<>();
    Population population = new Population(byTrial);
    for (Told trial : told) {
      byTrial.put(trial.trial(), trial);
      solution(trial, goal).ifPresent(population.members::add);
    }
    if (population.members.size() > size) {
      population.members.prune(size);
    }
    return population;
  }

  private static Optional<Solution> solution(Told trial, Goal goal) {
    if (trial.verdict() instanceof Verdict.Scored scored && goal.isKnown(scored.values())) {
      double violation = goal.violation(scored.values());
      return Optional.of(solution(trial.trial(), goal.costs(scored.values()), violation));
    }
    if (trial.verdict() instanceof Verdict.Rejected rejected) {
      double[] unknown = new double[goal.objectives().size()];
      return Optional.of(solution(trial.trial(), unknown, NEVER_BUILT + rejected.excess()));
    }
    return Optional.empty();
  }

  private static Solution solution(int trial, double[] costs, double violation) {
    Solution solution = new Solution(0, costs.length, 1);
    solution.setObjectiveValues(costs);
    solution.setConstraint(0, LessThanOrEqual.to(0));
    solution.setConstraintValue(0, violation);
    solution.setAttribute(TRIAL, trial);
    return solution;
  }

  int size() {
    return members.size();
  }

  /** The better of two members drawn at random. */
  Told tournament(RandomGenerator generator) {
    Solution first = members.get(generator.nextInt(members.size()));
    Solution second = members.get(generator.nextInt(members.size()));
    int order = new NondominatedSortingComparator().compare(first, second);
    return trialOf(order <= 0 ? first : second);
  }

  private Told trialOf(Solution solution) {
    return java.util.Objects.requireNonNull(byTrial.get((Integer) solution.getAttribute(TRIAL)));
  }
}
