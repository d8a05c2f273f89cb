package org.hilbench.search;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Of several things, those that no other beats in one cost without losing in another. */
public final class ParetoFront {
  private ParetoFront() {}

  /** Items whose costs are not dominated, in their order; equal costs do not dominate. */
  public static <T> List<T> of(List<T> items, Function<T, double[]> costs) {
    List<double[]> points = items.stream().map(costs).toList();
    return IntStream.range(0, items.size())
        .filter(i -> points.stream().noneMatch(other -> dominates(other, points.get(i))))
        .mapToObj(items::get)
        .toList();
  }

  /**
   * The front of a search, by trial number: trials that went all the way, with every objective
   * known, within all constraints, and not dominated. Of a trial the highest rung counts.
   */
  public static List<Told> of(List<Told> told, Goal goal) {
    List<Told> byNumber =
        highest(told).stream().sorted(Comparator.comparingInt(Told::trial)).toList();
    return of(byNumber, Told::verdict, goal);
  }

  /**
   * Items that went all the way, with every objective known, within all constraints, and not
   * dominated; in their order.
   */
  public static <T> List<T> of(List<T> items, Function<T, Verdict> verdict, Goal goal) {
    List<T> feasible =
        items.stream().filter(item -> isFeasible(verdict.apply(item), goal)).toList();
    return of(feasible, item -> goal.costs((Verdict.Scored) verdict.apply(item)));
  }

  private static Collection<Told> highest(List<Told> told) {
    Map<Integer, Told> byTrial = new HashMap<>();
    BinaryOperator<Told> higher =
        BinaryOperator.maxBy(Comparator.comparingInt(one -> one.key().rung()));
    told.forEach(one -> byTrial.merge(one.trial(), one, higher));
    return byTrial.values();
  }

  private static boolean isFeasible(Verdict verdict, Goal goal) {
    return verdict instanceof Verdict.Scored scored
        && goal.isKnown(scored)
        && goal.violation(scored) == 0;
  }

  /** Whether {@code left} is at least as good in every cost and better in one. */
  public static boolean dominates(double[] left, double[] right) {
    boolean better = false;
    for (int i = 0; i < left.length; i++) {
      if (left[i] > right[i]) {
        return false;
      }
      better |= left[i] < right[i];
    }
    return better;
  }
}
