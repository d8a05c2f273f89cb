package org.hilbench.search;

import java.util.Arrays;
import java.util.List;
import org.moeaframework.core.Solution;
import org.moeaframework.core.indicator.WFGHypervolume;
import org.moeaframework.core.population.NondominatedPopulation;
import org.moeaframework.problem.ProblemStub;

/**
 * Share of the box between an ideal point and a reference point that a front dominates: one number
 * for how good a front is, 0 to 1 (WFG algorithm, While et al. 2012, as in MOEA Framework).
 */
public final class Hypervolume {
  private static final double MARGIN = 0.1;

  private final double[] ideal;
  private final double[] reference;

  /** Costs at or below {@code ideal} count as ideal, those beyond {@code reference} for nothing. */
  public Hypervolume(double[] ideal, double[] reference) {
    this.ideal = ideal.clone();
    this.reference = reference.clone();
    for (int i = 0; i < ideal.length; i++) {
      if (!(ideal[i] < reference[i])) {
        throw new IllegalArgumentException(
            "ideal cost " + ideal[i] + " is not below the reference " + reference[i]);
      }
    }
  }

  /** The box that these points span, a tenth larger behind, so that extreme points count too. */
  static Hypervolume around(List<double[]> points) {
    double[] ideal = new double[points.get(0).length];
    double[] reference = new double[ideal.length];
    for (int i = 0; i < ideal.length; i++) {
      int cost = i;
      ideal[i] = points.stream().mapToDouble(point -> point[cost]).min().orElseThrow();
      double worst = points.stream().mapToDouble(point -> point[cost]).max().orElseThrow();
      reference[i] = worst > ideal[i] ? worst + MARGIN * (worst - ideal[i]) : ideal[i] + 1;
    }
    return new Hypervolume(ideal, reference);
  }

  public double of(List<double[]> points) {
    NondominatedPopulation front = new NondominatedPopulation();
    points.forEach(point -> front.add(normalized(point)));
    double[] corner = new double[reference.length];
    Arrays.fill(corner, 1);
    return new WFGHypervolume(new ProblemStub(corner.length), corner).evaluate(front);
  }

  private Solution normalized(double[] point) {
    Solution solution = new Solution(0, point.length);
    for (int i = 0; i < point.length; i++) {
      double share = (point[i] - ideal[i]) / (reference[i] - ideal[i]);
      solution.setObjectiveValue(i, Math.max(0, share));
    }
    return solution;
  }
}
