package org.hilbench.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.hilbench.graph.Precision;
import org.hilbench.quantity.Constraint;
import org.hilbench.quantity.Metric;
import org.hilbench.space.Architecture;
import org.hilbench.space.Generators;
import org.hilbench.space.SearchSpace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SteadyStateEvolutionTest {
  private static final int SEEDS = 6;
  private static final Goal GOAL = Goal.under(List.of());
  private static final SteadyStateEvolution.Settings USUAL = new SteadyStateEvolution.Settings(8);

  private final SearchSpace space = Generators.fashionSpace();

  private List<Told> search(
      SearchStrategy strategy, int trials, Function<Architecture, Verdict> bench) throws Exception {
    TrialRunner runner =
        asked ->
            CompletableFuture.completedFuture(
                asked.told(bench.apply(asked.proposal().architecture())));
    return new SearchLoop(strategy, runner, SearchPlan.of(trials), SearchListener.NONE)
        .run(List.of())
        .told();
  }

  private SearchStrategy evolution(long seed, Goal goal) {
    return new SteadyStateEvolution(seed, space, goal, USUAL);
  }

  private SearchStrategy random(long seed) {
    return new RandomSearch(seed, space);
  }

  @Test
  void theFirstPopulationIsRandomAndAllOthersHaveParents() throws Exception {
    for (long seed = 1; seed <= 5; seed++) {
      for (Told trial : search(evolution(seed, GOAL), 24, ProxyProblem::score)) {
        assertEquals(trial.trial() < 8, trial.proposal().parents().isEmpty());
        assertTrue(trial.proposal().parents().stream().allMatch(p -> p < trial.trial() - 2));
      }
    }
  }

  @Test
  void usesBothCrossoverAndMutation() throws Exception {
    List<Told> told = search(evolution(1, GOAL), 60, ProxyProblem::score);
    long mutations = told.stream().filter(t -> t.proposal().parents().size() == 1).count();
    long crossovers = told.stream().filter(t -> t.proposal().parents().size() == 2).count();
    assertTrue(mutations > 10 && crossovers > 10, mutations + " and " + crossovers);
  }

  @Test
  void noNetworkIsProposedTwice() throws Exception {
    for (SearchStrategy strategy : List.of(evolution(2, GOAL), random(2))) {
      List<Told> told = search(strategy, 80, ProxyProblem::score);
      long networks =
          told.stream().map(t -> t.proposal().architecture().canonicalHash()).distinct().count();
      assertEquals(80, networks);
    }
  }

  @Test
  void aSeedRepeatsTheSearchAndAnotherSeedGivesAnother() throws Exception {
    List<Told> first = search(evolution(3, GOAL), 24, ProxyProblem::score);
    assertEquals(first, search(evolution(3, GOAL), 24, ProxyProblem::score));
    assertNotEquals(first, search(evolution(4, GOAL), 24, ProxyProblem::score));
  }

  @Test
  void goesOnAtRandomWhileNothingUsableIsKnown() throws Exception {
    List<Told> told =
        search(evolution(5, GOAL), 24, architecture -> new Verdict.Failed("no compiler"));
    assertTrue(told.stream().allMatch(trial -> trial.proposal().parents().isEmpty()));
    assertTrue(ParetoFront.of(told, GOAL).isEmpty());
  }

  @Test
  void breedsFromRejectedNetworksTowardsThoseThatFit() throws Exception {
    Function<Architecture, Verdict> tinyBoard =
        architecture -> {
          Verdict.Scored scored = ProxyProblem.score(architecture);
          double excess = scored.values().get(Metric.PEAK_SRAM) / 6_000 - 1;
          return excess > 0 ? new Verdict.Rejected("SRAM", excess) : scored;
        };
    double evolved = meanFitting(tinyBoard, true);
    double drawn = meanFitting(tinyBoard, false);
    assertTrue(evolved > 1.5 * drawn, evolved + " of 40 fit, at random " + drawn);
  }

  private double meanFitting(Function<Architecture, Verdict> bench, boolean evolve)
      throws Exception {
    long fitting = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      SearchStrategy strategy = evolve ? evolution(seed, GOAL) : random(seed);
      fitting +=
          search(strategy, 40, bench).stream()
              .filter(trial -> trial.verdict() instanceof Verdict.Scored)
              .count();
    }
    return fitting / (double) SEEDS;
  }

  @Test
  void constraintsSteerItIntoTheFeasibleRegion() throws Exception {
    Goal tight =
        Goal.under(
            List.of(
                Constraint.parse("latency < 60 ms"),
                Constraint.parse("peakSram < 8 KiB"),
                Constraint.parse("accuracy > 70 %")));
    long evolved = 0;
    long drawn = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      evolved += feasible(search(evolution(seed, tight), 40, ProxyProblem::score), tight);
      drawn += feasible(search(random(seed), 40, ProxyProblem::score), tight);
    }
    assertTrue(evolved > 1.5 * drawn, evolved + " feasible, at random " + drawn);
  }

  private static long feasible(List<Told> told, Goal goal) {
    return told.stream().filter(t -> goal.violation(scored(t)) == 0).count();
  }

  @ParameterizedTest
  @CsvSource({"24, 1.04", "48, 1.03"})
  void beatsRandomSearchInHypervolumeOnAverage(int trials, double factor) throws Exception {
    double evolved = 0;
    double drawn = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      evolved += volume(search(evolution(seed, GOAL), trials, ProxyProblem::score)) / SEEDS;
      drawn += volume(search(random(seed), trials, ProxyProblem::score)) / SEEDS;
    }
    assertTrue(evolved > factor * drawn, "evolution " + evolved + ", random " + drawn);
  }

  /** Share of the box from 6 % error at no cost to 60 % error, 600 ms, 12 KB and 160 KB. */
  private static double volume(List<Told> told) {
    double[] ideal = {0.06, 0, 0, 60_000};
    double[] reference = {0.6, 0.6, 12_000, 160_000};
    return new Hypervolume(ideal, reference)
        .of(told.stream().map(t -> GOAL.costs(scored(t))).toList());
  }

  private static Verdict.Scored scored(Told told) {
    return (Verdict.Scored) told.verdict();
  }

  @Test
  void precisionComesAfterTheNetworksThatAnInt8SearchTries() throws Exception {
    SearchSpace mixed = space.withPrecisions(List.of(Precision.values()));
    SearchStrategy evolution =
        new SteadyStateEvolution.Provider()
            .create(USUAL, new StrategyContext(6, mixed, GOAL, 24, new MemoryServices()));
    assertEquals(32, evolution.trials(24));
    assertEquals(24, evolution(6, GOAL).trials(24));
    List<Told> all = search(evolution, 32, ProxyProblem::score);
    assertEquals(search(evolution(6, GOAL), 24, ProxyProblem::score), all.subList(0, 24));
    for (Told trial : all.subList(24, 32)) {
      Architecture version = trial.proposal().architecture();
      Architecture parent = all.get(trial.proposal().parents().get(0)).proposal().architecture();
      assertEquals(parent.inInt8(), version.inInt8());
      assertNotEquals(version.inInt8(), version);
    }
  }

  @Test
  void refusesAPopulationOfOne() {
    assertThrows(IllegalArgumentException.class, () -> new SteadyStateEvolution.Settings(1));
  }
}
