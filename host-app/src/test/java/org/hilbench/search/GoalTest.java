package org.hilbench.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hilbench.quantity.Constraint;
import org.hilbench.quantity.Metric;
import org.hilbench.quantity.TargetId;
import org.junit.jupiter.api.Test;

/** One network on several targets, by what a search is after. */
final class GoalTest {
  private static final TargetId FAST = TargetId.of("nucleo-l4r5zi");
  private static final TargetId SLOW = new TargetId("nucleo-l4r5zi", Optional.of("24mhz"));
  private static final TargetId OTHER = TargetId.of("mps2-an386");
  private static final List<Metric> OBJECTIVES =
      List.of(Metric.ACCURACY, Metric.LATENCY, Metric.FLASH);

  /** None of the targets is the worst in all. */
  private static final Verdict.Scored SCORED =
      new Verdict.Scored(
          Map.of(Metric.ACCURACY, 0.75),
          Map.of(
              FAST, Map.of(Metric.LATENCY, 0.010, Metric.FLASH, 90e3),
              SLOW, Map.of(Metric.LATENCY, 0.050, Metric.FLASH, 90e3),
              OTHER, Map.of(Metric.LATENCY, 0.020, Metric.FLASH, 95e3)),
          List.of());

  private static Goal under(String... constraints) {
    return new Goal(OBJECTIVES, List.of(constraints).stream().map(Constraint::parse).toList());
  }

  @Test
  void eachObjectiveCountsAsOnTheTargetWhereItIsWorst() {
    assertArrayEquals(new double[] {0.25, 0.050, 95e3}, under().costs(SCORED));
  }

  @Test
  void aConstraintHoldsOnEveryTargetAndItsGreatestViolationCounts() {
    assertEquals(0, under("latency <= 50 ms", "accuracy > 70 %").violation(SCORED));
    assertEquals(1, under("latency <= 25 ms").violation(SCORED), 1e-12);
    assertEquals(
        1 + 0.5,
        under("latency <= 25 ms", "accuracy >= 0.5", "flash >= 180 KB").violation(SCORED),
        1e-12);
    assertEquals(0.5, under("latency >= 20 ms").violation(SCORED), 1e-12, "on the fastest");
  }

  @Test
  void aConstraintThatNamesATargetHoldsThereAlone() {
    assertEquals(0, under("latency <= 25 ms on mps2-an386").violation(SCORED));
    assertEquals(0, under("latency <= 25 ms on nucleo-l4r5zi").violation(SCORED));
    assertEquals(1, under("latency <= 25 ms on nucleo-l4r5zi@24mhz").violation(SCORED), 1e-12);
  }

  @Test
  void whatOneTargetDoesNotTellIsNotKnown() {
    assertTrue(under("latency < 1 s on mps2-an386").isKnown(SCORED));
    assertFalse(under("latency < 1 s on due").isKnown(SCORED));
    Verdict.Scored partly =
        new Verdict.Scored(
            Map.of(Metric.ACCURACY, 0.75),
            Map.of(
                FAST, Map.of(Metric.LATENCY, 0.010, Metric.FLASH, 90e3, Metric.ENERGY, 1e-3),
                OTHER, Map.of(Metric.LATENCY, 0.020, Metric.FLASH, 95e3)),
            List.of());
    assertTrue(under().isKnown(partly));
    assertFalse(under("energy < 1 mJ").isKnown(partly));
    assertTrue(under("energy < 1 mJ on nucleo-l4r5zi").isKnown(partly));
  }

  @Test
  void onOneTargetItIsAsIfTheNumbersWereTheNetworksOwn() {
    Map<Metric, Double> numbers = Map.of(Metric.LATENCY, 0.010, Metric.FLASH, 90e3);
    Verdict.Scored on =
        new Verdict.Scored(Map.of(Metric.ACCURACY, 0.75), Map.of(FAST, numbers), List.of());
    Verdict.Scored own =
        new Verdict.Scored(
            Map.of(Metric.ACCURACY, 0.75, Metric.LATENCY, 0.010, Metric.FLASH, 90e3));
    Goal goal = under("latency < 8 ms", "flash < 64 KiB");
    assertArrayEquals(goal.costs(own), goal.costs(on));
    assertEquals(goal.violation(own), goal.violation(on));
  }
}
