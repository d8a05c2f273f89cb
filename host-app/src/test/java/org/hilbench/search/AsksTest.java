package org.hilbench.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.space.Generators;
import org.hilbench.space.SearchSpace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a strategy may answer when the loop asks it, and how long it may take. */
@Timeout(120)
class AsksTest {
  private static final SearchPlan PLAN = SearchPlan.of(12);
  private static final TrialRunner AT_ONCE =
      asked -> CompletableFuture.completedFuture(scored(asked));

  private final SearchSpace space = Generators.fashionSpace();

  private static Told scored(Asked asked) {
    return asked.told(ProxyProblem.score(asked.proposal().architecture()));
  }

  private Ask start(int number, History history) {
    return new Ask.Start(history.propose(space.random(new Random(number)), List.of()));
  }

  private static List<Told> run(SearchStrategy strategy) throws Exception {
    return run(strategy, PLAN);
  }

  private static List<Told> run(SearchStrategy strategy, SearchPlan plan) throws Exception {
    return new SearchLoop(strategy, AT_ONCE, plan, SearchListener.NONE).run(List.of()).told();
  }

  @Test
  void whereNothingIsLeftTheSearchEndsEarly() throws Exception {
    assertEquals(3, run((n, history) -> n < 3 ? start(n, history) : new Ask.End()).size());
  }

  @Test
  void aPromotionHasItsTrialsNetworkUnderANumberAndASeenOfItsOwn() throws Exception {
    List<Told> told = run((n, history) -> n == 5 ? new Ask.Promote(1, 2) : start(n, history));
    assertEquals(12, told.size());
    Told first = told.get(1);
    Told promoted = told.get(5);
    assertEquals(new TrialKey(1, 2), promoted.key());
    assertEquals(5, promoted.number());
    assertEquals(first.proposal().architecture(), promoted.proposal().architecture());
    assertEquals(3, promoted.proposal().seen());
    assertEquals(TrialKey.first(6), told.get(6).key());
  }

  @Test
  void onlyATrialWhoseTellWasSeenIsPromotedAndOnlyUpwards() {
    refused("trial 7 on rung 1, but this trial was never started", new Ask.Promote(7, 1), 5);
    refused("trial 4 on rung 1, but this trial is still under way", new Ask.Promote(4, 1), 5);
    SearchStrategy twice =
        (n, history) -> n == 5 || n == 9 ? new Ask.Promote(1, 1) : start(n, history);
    IllegalStateException e = assertThrows(IllegalStateException.class, () -> run(twice));
    assertTrue(e.getMessage().endsWith("trial 1 on rung 1, but this trial is or was on rung 1"));
  }

  private void refused(String said, Ask ask, int at) {
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> run((n, h) -> n == at ? ask : start(n, h)));
    assertTrue(e.getMessage().contains(said), e.getMessage());
  }

  /** So that what it answers at last depends on the window alone, not on what ends when. */
  @Test
  void whoWaitsIsAskedAgainUnderTheSameNumberAndSeesOneTellMore() throws Exception {
    List<Integer> seen = new ArrayList<>();
    SearchStrategy patient =
        (n, history) -> {
          if (n == 6) {
            seen.add(history.told().size());
          }
          return n == 6 && history.told().size() < 6 ? new Ask.Wait() : start(n, history);
        };
    assertEquals(6, run(patient).get(6).proposal().seen());
    assertEquals(List.of(4, 5, 6), seen);

    seen.clear();
    run(patient, new SearchPlan(12, TellOrder.BY_ARRIVAL, 0, 3));
    assertEquals(6, seen.get(seen.size() - 1));
  }

  @Test
  void whoWaitsThoughAllIsToldIsRefused() {
    for (TellOrder order : TellOrder.values()) {
      SearchPlan plan = new SearchPlan(12, order, 2, 3);
      SearchStrategy waits = (n, history) -> n == 4 ? new Ask.Wait() : start(n, history);
      IllegalStateException e = assertThrows(IllegalStateException.class, () -> run(waits, plan));
      assertTrue(e.getMessage().contains("waits at ask 4"), e.getMessage());
    }
  }

  @Test
  void aStrategyThatThinksForLongStopsNoTellAndNoListener() throws Exception {
    CountDownLatch told = new CountDownLatch(3);
    SearchListener counts =
        new SearchListener() {
          @Override
          public void finished(Told one) {
            told.countDown();
          }
        };
    SearchStrategy slow =
        (n, history) -> {
          if (n == 3) {
            told.await(); // trial 2 is told only while this goes on
          }
          return start(n, history);
        };
    SearchPlan plan = new SearchPlan(12, TellOrder.BY_NUMBER, 3, 4);
    assertEquals(12, new SearchLoop(slow, AT_ONCE, plan, counts).run(List.of()).told().size());
  }

  @Test
  void aCancelledSearchInterruptsItsStrategy() throws Exception {
    CountDownLatch thinking = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    SearchStrategy endless =
        (n, history) -> {
          if (n < 3) {
            return start(n, history);
          }
          thinking.countDown();
          try {
            new CountDownLatch(1).await();
            return new Ask.End();
          } catch (InterruptedException e) {
            interrupted.countDown();
            throw e;
          }
        };
    SearchLoop loop = new SearchLoop(endless, AT_ONCE, PLAN, SearchListener.NONE);
    CompletableFuture<SearchLoop.Result> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                result.complete(loop.run(List.of()));
              } catch (BenchException | InterruptedException | RuntimeException e) {
                result.completeExceptionally(e);
              }
            });
    thread.start();
    thinking.await();
    loop.cancel();
    assertTrue(result.get(60, TimeUnit.SECONDS).cancelled());
    assertTrue(interrupted.await(60, TimeUnit.SECONDS));
  }

  @Test
  void aStrategyThatCannotGoOnEndsTheSearchWithItsReasonAndStopsTheTrials() {
    BenchException reason =
        new BenchException(
            Stage.PROPOSE, BenchException.Kind.ENVIRONMENT, "its predictor was not written");
    List<CompletableFuture<Told>> hanging = new ArrayList<>();
    TrialRunner hangs =
        asked -> {
          hanging.add(new CompletableFuture<>());
          return hanging.get(hanging.size() - 1);
        };
    SearchStrategy fails =
        (n, history) -> {
          if (n == 2) {
            throw reason;
          }
          return start(n, history);
        };
    SearchLoop loop = new SearchLoop(fails, hangs, PLAN, SearchListener.NONE);
    assertSame(reason, assertThrows(BenchException.class, () -> loop.run(List.of())));
    assertEquals(2, hanging.size());
    assertTrue(hanging.stream().allMatch(CompletableFuture::isCancelled));
  }
}
