package org.hilbench.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.moeaframework.core.Solution;
import org.moeaframework.core.attribute.Rank;
import org.moeaframework.core.constraint.LessThanOrEqual;
import org.moeaframework.core.population.NondominatedSorting;

/**
 * The survivors of a steady-state evolution (SMS-EMOA, Beume et al. 2007): trials come in one by
 * one, and whenever there is one too many the worst goes: of the last non-dominated front the one
 * that adds least to its hypervolume. A trial's tell on a higher rung takes the place of the one
 * before.
 *
 * <p>Constraints come before costs: feasible beats infeasible, less violation beats more, and what
 * was rejected comes behind whatever could be built. What failed, or lacks an objective, never
 * enters.
 */
final class Population {
  private static final double NEVER_BUILT = 1e6;

  private final Goal goal;
  private final int size;
  private final List<Member> members = new ArrayList<>();

  private record Member(Told told, Solution solution) {
    double[] costs() {
      return solution.getObjectiveValues();
    }

    /** 0 for the first non-dominated front. */
    int rank() {
      return Rank.getAttribute(solution);
    }
  }

  private Population(Goal goal, int size) {
    this.goal = goal;
    this.size = size;
  }

  /** Reads histories that follow each other: of each, only what is new has a cost. */
  static final class Reader {
    private final Folded<Told, Population> told;

    /** Of at most {@code size} survivors. */
    Reader(Goal goal, int size) {
      told = new Folded<>(() -> new Population(goal, size), Population::add);
    }

    /** The survivors of what is told; valid until the next is read. */
    Population read(History history) {
      return told.of(history.told());
    }
  }

  int size() {
    return members.size();
  }

  /** The one of lower rank of two survivors drawn at random. */
  Told tournament(RandomGenerator generator) {
    Member first = members.get(generator.nextInt(members.size()));
    Member second = members.get(generator.nextInt(members.size()));
    return (second.rank() < first.rank() ? second : first).told();
  }

  private void add(Told told) {
    solution(told.verdict())
        .ifPresent(
            solution -> {
              members.removeIf(member -> member.told().trial() == told.trial());
              members.add(new Member(told, solution));
              rank();
              if (members.size() > size) {
                members.remove(worst());
                rank();
              }
            });
  }

  private Optional<Solution> solution(Verdict verdict) {
    if (verdict instanceof Verdict.Scored scored && goal.isKnown(scored)) {
      return Optional.of(solution(goal.costs(scored), goal.violation(scored)));
    }
    if (verdict instanceof Verdict.Rejected rejected) {
      double[] unknown = new double[goal.objectives().size()];
      return Optional.of(solution(unknown, NEVER_BUILT + rejected.excess()));
    }
    return Optional.empty();
  }

  private static Solution solution(double[] costs, double violation) {
    Solution solution = new Solution(0, costs.length, 1);
    solution.setObjectiveValues(costs);
    solution.setConstraint(0, LessThanOrEqual.to(0));
    solution.setConstraintValue(0, violation);
    return solution;
  }

  private void rank() {
    new NondominatedSorting()
        .evaluate(
            new org.moeaframework.core.population.Population(
                members.stream().map(Member::solution).toList()));
  }

  private Member worst() {
    int last = members.stream().mapToInt(Member::rank).max().orElseThrow();
    List<Member> front = members.stream().filter(member -> member.rank() == last).toList();
    Hypervolume box = Hypervolume.around(front.stream().map(Member::costs).toList());
    return front.stream()
        .max(Comparator.comparingDouble(member -> box.of(costsWithout(member, front))))
        .orElseThrow();
  }

  private static List<double[]> costsWithout(Member left, List<Member> front) {
    return front.stream()
        .filter(member -> member.told().trial() != left.told().trial())
        .map(Member::costs)
        .toList();
  }
}
