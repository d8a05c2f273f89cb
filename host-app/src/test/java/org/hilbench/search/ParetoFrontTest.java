package org.hilbench.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.hilbench.quantity.Constraint;
import org.hilbench.quantity.Metric;
import org.hilbench.space.Architecture;
import org.hilbench.space.Generators;
import org.junit.jupiter.api.Test;

class ParetoFrontTest {
  private static final Architecture ANY = Generators.fashionSpace().random(new Random(1));
  private static final Goal GOAL =
      new Goal(
          List.of(Metric.ACCURACY, Metric.LATENCY), List.of(Constraint.parse("flash < 100 KB")));

  private static Told told(int trial, Verdict verdict) {
    return new Told(trial, new Proposal(ANY, List.of(), 0), verdict);
  }

  private static Verdict scored(double accuracy, double latency, double flash) {
    return new Verdict.Scored(
        Map.of(Metric.ACCURACY, accuracy, Metric.LATENCY, latency, Metric.FLASH, flash));
  }

  @Test
  void holdsOnlyFeasibleNonDominatedTrialsThatWentAllTheWay() {
    List<Told> told =
        List.of(
            told(5, scored(0.9, 0.05, 50e3)),
            told(0, scored(0.8, 0.02, 50e3)),
            told(1, scored(0.8, 0.03, 50e3)),
            told(2, scored(0.99, 0.001, 200e3)),
            told(3, new Verdict.Rejected("flash overflowed by 8 bytes", 0.1)),
            told(4, new Verdict.Failed("outputs differ")),
            told(6, new Verdict.Scored(Map.of(Metric.ACCURACY, 1.0, Metric.FLASH, 1.0))));
    assertEquals(List.of(0, 5), ParetoFront.of(told, GOAL).stream().map(Told::trial).toList());
  }

  @Test
  void equalTrialsDoNotPushEachOtherOut() {
    List<Told> twins = List.of(told(0, scored(0.8, 0.02, 1)), told(1, scored(0.8, 0.02, 1)));
    assertEquals(twins, ParetoFront.of(twins, GOAL));
  }

  @Test
  void noMemberIsDominatedAndEveryOtherIs() {
    Random random = new Random(2);
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      points.add(random.doubles(3).limit(3).toArray());
    }
    List<double[]> front = ParetoFront.of(points, point -> point);
    for (double[] point : points) {
      boolean dominated = points.stream().anyMatch(p -> ParetoFront.dominates(p, point));
      assertEquals(!dominated, front.contains(point));
    }
    assertTrue(front.size() > 3 && front.size() < 300);
  }

  @Test
  void accuracyCountsAsErrorAndOthersAsTheyAre() {
    Verdict.Scored scored = new Verdict.Scored(Map.of(Metric.ACCURACY, 0.9, Metric.LATENCY, 0.05));
    assertEquals(0.1, GOAL.costs(scored)[0], 1e-12);
    assertEquals(0.05, GOAL.costs(scored)[1]);
  }

  @Test
  void objectivesAreReadByWord() {
    assertEquals(
        List.of(Metric.ACCURACY, Metric.PEAK_SRAM),
        Goal.parseObjectives(List.of("accuracy", "peakSram")));
    var refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> Goal.parseObjectives(List.of("accuracy", "latncy")));
    assertTrue(refused.getMessage().contains("'latncy' is unknown; known: accuracy, latency"));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Goal(List.of(Metric.FLASH, Metric.FLASH), List.of()));
  }

  /** On rung 1 trial 0 turned out worse than it looked, and trial 1 beats it. */
  @Test
  void ofATrialTheHighestRungCounts() {
    Proposal proposal = new Proposal(ANY, List.of(), 0);
    Goal goal = new Goal(List.of(Metric.ACCURACY), List.of());
    Told early = told(0, accuracy(0.9));
    Told other = told(1, accuracy(0.8));
    Told promoted = new Asked(2, new TrialKey(0, 1), proposal).told(accuracy(0.7));
    assertEquals(List.of(early), ParetoFront.of(List.of(early, other), goal));
    assertEquals(List.of(other), ParetoFront.of(List.of(early, other, promoted), goal));
    Population kept =
        new Population.Reader(goal, 2).read(new History(List.of(), List.of(early, promoted)));
    assertEquals(1, kept.size());
    assertEquals(promoted, kept.tournament(new Random(1)));
  }

  private static Verdict accuracy(double accuracy) {
    return new Verdict.Scored(Map.of(Metric.ACCURACY, accuracy));
  }
}
