package org.hilbench.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.hilbench.BenchException;
import org.hilbench.search.TrialKey;
import org.hilbench.trial.Artifact;
import org.hilbench.trial.Outcome;
import org.hilbench.trial.SampleTrials;
import org.hilbench.trial.StageKey;
import org.hilbench.trial.Trial;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link TrialStore} keeps; an implementation supplies only an empty one. */
abstract class TrialStoreContract {
  private static final TrialKey FIRST = TrialKey.first(0);
  private static final List<Trial> TRIALS = SampleTrials.search(12, 1);
  private static final ExperimentRecord EXPERIMENT =
      new ExperimentRecord(
          Instant.parse("2026-03-14T09:26:53Z"),
          SampleTrials.flags(),
          Optional.of(Map.of("mps2-an386", "qemu mps2-an386")));

  private TrialStore store;

  abstract TrialStore empty() throws Exception;

  @BeforeEach
  void openEmptyStore() throws Exception {
    store = empty();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void anEmptyStoreHoldsNothing() throws BenchException {
    assertEquals(Optional.empty(), store.experiment());
    assertEquals(List.of(), store.trials());
    assertEquals(List.of(), store.arrivals());
    assertEquals(List.of(), store.artifacts(FIRST));
  }

  @Test
  void anExperimentBeginsOnce() throws BenchException {
    store.begin(EXPERIMENT);
    assertEquals(Optional.of(EXPERIMENT), store.experiment());
    assertThrows(IllegalStateException.class, () -> store.begin(EXPERIMENT));
    assertEquals(Optional.of(EXPERIMENT), store.experiment());
  }

  @Test
  void evaluatedRejectedAndFailedTrialsComeBackAsTheyWere() throws BenchException {
    for (Trial trial : TRIALS) {
      store.append(trial, List.of());
    }
    assertEquals(TRIALS, store.trials());
    assertEquals(
        List.of(Outcome.EVALUATED, Outcome.FAILED, Outcome.REJECTED),
        TRIALS.stream().map(trial -> trial.outcome().word()).distinct().sorted().toList());
  }

  @Test
  void trialsAreListedByNumberAndTheirArrivalIsKept() throws BenchException {
    for (int number : List.of(1, 0, 3, 2)) {
      store.append(TRIALS.get(number), List.of());
    }
    assertEquals(Stream.of(1, 0, 3, 2).map(TrialKey::first).toList(), store.arrivals());
    assertEquals(TRIALS.subList(0, 4), store.trials());
  }

  @Test
  void aNumberIsStoredOnceOnARung() throws BenchException {
    store.append(TRIALS.get(0), List.of());
    assertThrows(
        IllegalStateException.class,
        () -> store.append(TRIALS.get(0), SampleTrials.artifacts(TRIALS.get(0), 100)));
    assertEquals(List.of(FIRST), store.arrivals());
    assertEquals(List.of(), store.artifacts(FIRST));
  }

  @Test
  void theVersionThatWasTrainedOnLiesBesideTheSearchedOne() throws BenchException {
    Trial searched = TRIALS.get(0);
    Trial trainedOn = SampleTrials.trainedOn(searched);
    store.append(searched, SampleTrials.artifacts(searched, 400));
    store.append(trainedOn, SampleTrials.artifacts(trainedOn, 800));
    assertEquals(List.of(searched, trainedOn), store.trials());
    assertEquals(List.of(FIRST), store.arrivals());
    assertEquals(List.of(100, 400), sizes(store.artifacts(FIRST)));
    assertEquals(List.of(200, 800), sizes(store.artifacts(trainedOn.key())));
  }

  /** In the order of arrival stand those alone that the strategy asked for. */
  @Test
  void aPromotionIsATrialOfItsOwnAndArrivesWhenItEnds() throws BenchException {
    Trial first = TRIALS.get(0);
    Trial promoted = SampleTrials.promoted(first, 1, 3);
    Trial trainedOn = SampleTrials.trainedOn(TRIALS.get(1));
    for (Trial trial : List.of(first, TRIALS.get(2), promoted, TRIALS.get(1), trainedOn)) {
      store.append(trial, List.of());
    }
    assertEquals(List.of(first, promoted, TRIALS.get(1), trainedOn, TRIALS.get(2)), store.trials());
    assertEquals(
        List.of(FIRST, TrialKey.first(2), FIRST.on(1), TrialKey.first(1)), store.arrivals());
    store.recordTest(promoted.key(), 0.5);
    assertEquals(List.of(first, promoted.withTest(0.5)), store.trials().subList(0, 2));
  }

  private static List<Integer> sizes(List<Artifact> artifacts) {
    return artifacts.stream().map(artifact -> artifact.bytes().length).toList();
  }

  @Test
  void theTestAccuracyIsAddedOnceToAnEvaluatedTrial() throws BenchException {
    for (Trial trial : TRIALS) {
      store.append(trial, List.of());
    }
    Trial evaluated =
        TRIALS.stream()
            .filter(trial -> trial.outcome() instanceof Outcome.Evaluated)
            .findFirst()
            .orElseThrow();
    TrialKey key = evaluated.key();
    store.recordTest(key, 0.875);
    assertEquals(evaluated.withTest(0.875), store.trials().get(key.number()));
    assertThrows(IllegalStateException.class, () -> store.recordTest(key, 0.9));
    assertThrows(IllegalStateException.class, () -> store.recordTest(key.on(1), 0.9));
  }

  @Test
  void artifactsAreFoundByWhatTheyDependOn() throws BenchException {
    Trial trial = TRIALS.get(0);
    Artifact model = SampleTrials.artifacts(trial, 5_000).get(0);
    store.append(trial, List.of(model));
    Artifact found = store.artifact(model.key(), model.name()).orElseThrow();
    assertArrayEquals(model.bytes(), found.bytes());
    assertEquals(model.key(), found.key());
    assertTrue(store.artifact(model.key(), "other").isEmpty());
    StageKey elsewhere = StageKey.train("m", "b", "default", 1);
    assertTrue(store.artifact(elsewhere, model.name()).isEmpty());
  }

  @Test
  void anArtifactThatTwoTrialsMadeIsKeptOnceAndBelongsToBoth() throws BenchException {
    List<Artifact> shared = SampleTrials.artifacts(TRIALS.get(0), 300);
    store.append(TRIALS.get(0), shared);
    store.append(TRIALS.get(1), shared);
    for (int trial : List.of(0, 1)) {
      List<Artifact> artifacts = store.artifacts(TrialKey.first(trial));
      assertArrayEquals(shared.get(0).bytes(), artifacts.get(0).bytes());
      assertEquals(shared.get(1).key(), artifacts.get(1).key());
    }
  }

  @Test
  void flagsThatDifferAreRefusedByName() {
    EXPERIMENT.flags().forEach((flag, value) -> requireSameQuietly(Map.of(flag, value)));
    requireSameQuietly(Map.of());
    BenchException refused =
        assertThrows(
            BenchException.class,
            () -> EXPERIMENT.requireSame(Map.of("--seed", "2", "--quant", "int4")));
    assertEquals(BenchException.Kind.USAGE, refused.kind());
    assertTrue(refused.getMessage().contains("--seed was 1, now 2"), refused.getMessage());
    assertTrue(refused.getMessage().contains("--quant was not set, now int4"));
  }

  private static void requireSameQuietly(Map<String, String> given) {
    org.junit.jupiter.api.Assertions.assertDoesNotThrow(() -> EXPERIMENT.requireSame(given));
  }

  @Test
  void manyThreadsAppendAndReadAtOnce() throws BenchException {
    List<CompletableFuture<Void>> appends =
        TRIALS.stream().map(trial -> CompletableFuture.runAsync(() -> append(trial))).toList();
    appends.forEach(CompletableFuture::join);
    assertEquals(TRIALS, store.trials());
  }

  private void append(Trial trial) {
    try {
      store.append(trial, SampleTrials.artifacts(trial, 1_000));
      store.trials();
    } catch (BenchException e) {
      throw new IllegalStateException(e);
    }
  }
}
