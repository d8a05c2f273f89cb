package org.hilbench.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.space.Generators;
import org.hilbench.space.SearchSpace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class SearchLoopTest {
  private static final int TRIALS = 24;

  private final SearchSpace space = Generators.fashionSpace();

  private SearchStrategy evolution() {
    return new SteadyStateEvolution(
        1, space, Goal.under(List.of()), new SteadyStateEvolution.Settings(8));
  }

  private static SearchPlan byArrival() {
    return new SearchPlan(TRIALS, TellOrder.BY_ARRIVAL, 0, 3);
  }

  private List<Told> run(SearchPlan plan, TrialRunner runner, List<Told> stored) throws Exception {
    return new SearchLoop(evolution(), runner, plan, SearchListener.NONE).run(stored).told();
  }

  private List<Told> runDelayed(SearchPlan plan, long delays, List<Told> stored) throws Exception {
    try (DelayedRunner runner = DelayedRunner.proxy(delays)) {
      return run(plan, runner, stored);
    }
  }

  private static Told scored(Asked asked) {
    return asked.told(ProxyProblem.score(asked.proposal().architecture()));
  }

  private static List<Told> byNumber(List<Told> told) {
    return told.stream().sorted(Comparator.comparingInt(Told::trial)).toList();
  }

  @Test
  void proposesTheSameWhateverTheTiming() throws Exception {
    List<Told> first = runDelayed(SearchPlan.of(TRIALS), 1, List.of());
    assertEquals(TRIALS, first.size());
    for (long delays = 2; delays <= 6; delays++) {
      assertEquals(byNumber(first), byNumber(runDelayed(SearchPlan.of(TRIALS), delays, List.of())));
    }
  }

  @Test
  void proposesTheSameWhenEachSecondTrialEndsBeforeTheOneBefore() throws Exception {
    Map<Integer, CompletableFuture<Told>> held = new HashMap<>();
    Map<Integer, Told> heldResults = new HashMap<>();
    TrialRunner oddFirst =
        asked -> {
          int number = asked.number();
          Told told = scored(asked);
          if (number % 2 == 1) {
            return CompletableFuture.completedFuture(told);
          }
          heldResults.put(number, told);
          return held.computeIfAbsent(number, first -> new CompletableFuture<>());
        };
    SearchListener letTheOneBeforeEnd =
        new SearchListener() {
          @Override
          public void finished(Told told) {
            int before = told.trial() - 1;
            if (held.containsKey(before)) {
              held.get(before).complete(heldResults.get(before));
            }
          }
        };
    List<Told> arrived =
        new SearchLoop(evolution(), oddFirst, SearchPlan.of(TRIALS), letTheOneBeforeEnd)
            .run(List.of())
            .told();
    assertEquals(List.of(1, 0, 3, 2), arrived.stream().limit(4).map(Told::trial).toList());
    assertEquals(byNumber(runDelayed(SearchPlan.of(TRIALS), 1, List.of())), byNumber(arrived));
  }

  @Test
  void proposesTheSameOneAtATime() throws Exception {
    SearchPlan single = new SearchPlan(TRIALS, TellOrder.BY_NUMBER, SearchPlan.DEFAULT_WINDOW, 1);
    assertEquals(
        byNumber(runDelayed(SearchPlan.of(TRIALS), 1, List.of())),
        byNumber(runDelayed(single, 2, List.of())));
  }

  @Test
  void resumedAfterAnyPrefixGivesTheSameSearchAndRepeatsNoTrial() throws Exception {
    List<Told> whole = runDelayed(SearchPlan.of(TRIALS), 3, List.of());
    for (int stored = 0; stored <= TRIALS; stored++) {
      List<Told> prefix = whole.subList(0, stored);
      try (DelayedRunner runner = DelayedRunner.proxy(100 + stored)) {
        assertEquals(byNumber(whole), byNumber(run(SearchPlan.of(TRIALS), runner, prefix)));
        Set<Integer> told = prefix.stream().map(Told::trial).collect(Collectors.toSet());
        assertTrue(Collections.disjoint(told, runner.started));
        assertEquals(TRIALS - stored, runner.started.size());
      }
    }
  }

  @Test
  void eachProposalSeesExactlyTheTellsBeforeItsWindow() throws Exception {
    List<Told> told = byNumber(runDelayed(SearchPlan.of(TRIALS), 4, List.of()));
    for (Told trial : told) {
      assertEquals(Math.max(0, trial.trial() - 2), trial.proposal().seen());
      List<Asked> before = told.subList(0, trial.trial()).stream().map(Told::asked).toList();
      History history = new History(before, told.subList(0, trial.proposal().seen()));
      assertEquals(new Ask.Start(trial.proposal()), evolution().ask(trial.trial(), history));
    }
  }

  @Test
  void inArrivalOrderTheStoredOrderReplaysTheSearch() throws Exception {
    List<Told> arrived = runDelayed(byArrival(), 5, List.of());
    List<Told> numbered = byNumber(arrived);
    for (Told trial : numbered) {
      List<Asked> before = numbered.subList(0, trial.trial()).stream().map(Told::asked).toList();
      History history = new History(before, arrived.subList(0, trial.proposal().seen()));
      assertEquals(new Ask.Start(trial.proposal()), evolution().ask(trial.trial(), history));
    }
  }

  @Test
  void inArrivalOrderAResumeKeepsWhatIsStoredAndEndsComplete() throws Exception {
    List<Told> whole = runDelayed(byArrival(), 6, List.of());
    for (int stored : List.of(0, 1, 7, 15, 23, 24)) {
      List<Told> prefix = whole.subList(0, stored);
      List<Told> resumed = runDelayed(byArrival(), 200 + stored, prefix);
      assertEquals(prefix, resumed.subList(0, stored));
      assertEquals(TRIALS, resumed.stream().map(Told::trial).distinct().count());
      assertEquals(TRIALS, hashes(resumed).size());
    }
  }

  private static Set<String> hashes(List<Told> told) {
    return told.stream()
        .map(trial -> trial.proposal().architecture().canonicalHash())
        .collect(Collectors.toSet());
  }

  @Test
  void neverRunsMoreTrialsAtOnceThanAllowed() throws Exception {
    List<Integer> running = new ArrayList<>();
    List<Integer> most = new ArrayList<>(List.of(0));
    SearchListener counter =
        new SearchListener() {
          @Override
          public void started(Asked asked) {
            running.add(asked.number());
            most.set(0, Math.max(most.get(0), running.size()));
          }

          @Override
          public void finished(Told told) {
            running.remove((Integer) told.trial());
          }
        };
    SearchPlan plan = new SearchPlan(TRIALS, TellOrder.BY_NUMBER, 5, 2);
    try (DelayedRunner runner = DelayedRunner.proxy(7)) {
      new SearchLoop(evolution(), runner, plan, counter).run(List.of());
    }
    assertEquals(List.of(2), most);
  }

  @Test
  void anExceptionInATrialIsAFailedTrialAndTheSearchGoesOn() throws Exception {
    TrialRunner runner =
        asked -> {
          int number = asked.number();
          if (number == 3) {
            throw new IllegalStateException("thrown at once");
          }
          if (number == 4) {
            return CompletableFuture.failedFuture(new IllegalStateException("thrown later"));
          }
          if (number == 5) {
            return CompletableFuture.failedFuture(
                new CompletionException(
                    new BenchException(
                        Stage.TRAIN, BenchException.Kind.TRIAL, "worker 1 crashed: signal 11")));
          }
          return CompletableFuture.completedFuture(scored(asked));
        };
    List<Told> told = byNumber(run(SearchPlan.of(TRIALS), runner, List.of()));
    assertEquals(TRIALS, told.size());
    assertTrue(failure(told.get(3)).contains("thrown at once"));
    assertTrue(failure(told.get(4)).contains("thrown later"));
    assertEquals("worker 1 crashed: signal 11", failure(told.get(5)));
    List<Told> front = ParetoFront.of(told, Goal.under(List.of()));
    assertTrue(front.stream().noneMatch(trial -> Set.of(3, 4, 5).contains(trial.trial())));
    assertTrue(
        told.stream()
            .flatMap(trial -> trial.proposal().parents().stream())
            .noneMatch(Set.of(3, 4, 5)::contains));
  }

  private static String failure(Told told) {
    return assertInstanceOf(Verdict.Failed.class, told.verdict()).reason();
  }

  @Test
  void aBrokenBenchEndsTheSearchAndCancelsTheOthers() {
    BenchException full =
        new BenchException(Stage.STORE, BenchException.Kind.ENVIRONMENT, "the disk is full");
    List<CompletableFuture<Told>> others = new ArrayList<>();
    TrialRunner runner =
        asked -> {
          if (asked.number() == 1) {
            return CompletableFuture.failedFuture(full);
          }
          others.add(new CompletableFuture<>());
          return others.get(others.size() - 1);
        };
    assertSame(
        full,
        assertThrows(BenchException.class, () -> run(SearchPlan.of(TRIALS), runner, List.of())));
    assertFalse(others.isEmpty());
    assertTrue(others.stream().allMatch(CompletableFuture::isCancelled));
  }

  @Test
  void aCancelledSearchEndsThoughItsTrialsHangAndKeepsWhatWasTold() throws Exception {
    CountDownLatch stuck = new CountDownLatch(3);
    List<CompletableFuture<Told>> hanging = Collections.synchronizedList(new ArrayList<>());
    TrialRunner runner =
        asked -> {
          CompletableFuture<Told> future = new CompletableFuture<>();
          if (asked.number() < 4) {
            future.complete(scored(asked));
          } else {
            hanging.add(future);
            stuck.countDown();
          }
          return future;
        };
    SearchLoop loop =
        new SearchLoop(evolution(), runner, SearchPlan.of(TRIALS), SearchListener.NONE);
    CompletableFuture<SearchLoop.Result> result = CompletableFuture.supplyAsync(() -> result(loop));
    stuck.await();
    loop.cancel();
    SearchLoop.Result ended = result.get(60, TimeUnit.SECONDS);
    assertTrue(ended.cancelled());
    assertEquals(List.of(0, 1, 2, 3), ended.told().stream().map(Told::trial).toList());
    assertEquals(3, hanging.size());
    assertTrue(hanging.stream().allMatch(CompletableFuture::isCancelled));
    assertEquals(
        byNumber(runDelayed(SearchPlan.of(TRIALS), 8, List.of())),
        byNumber(runDelayed(SearchPlan.of(TRIALS), 9, ended.told())));
  }

  private static SearchLoop.Result result(SearchLoop loop) {
    try {
      return loop.run(List.of());
    } catch (BenchException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void refusesAStoredTrialThatIsToldTwiceOrWasNotPlanned() throws Exception {
    List<Told> whole = runDelayed(SearchPlan.of(TRIALS), 11, List.of());
    List<Told> twice = List.of(whole.get(0), whole.get(0));
    assertThrows(IllegalArgumentException.class, () -> runDelayed(SearchPlan.of(TRIALS), 1, twice));
    assertThrows(IllegalArgumentException.class, () -> runDelayed(SearchPlan.of(5), 1, whole));
  }
}
