package org.hilbench.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.data.Split;
import org.hilbench.measure.Measurement;
import org.hilbench.measure.MeasurementJob;
import org.hilbench.measure.MeasurementResult;
import org.hilbench.quantity.Metric;
import org.hilbench.quantity.TargetId;
import org.hilbench.report.Json;
import org.hilbench.report.SearchJson;
import org.hilbench.search.Goal;
import org.hilbench.search.SearchListener;
import org.hilbench.search.SearchLoop;
import org.hilbench.search.SearchPlan;
import org.hilbench.search.SteadyStateEvolution;
import org.hilbench.search.Told;
import org.hilbench.search.TrialKey;
import org.hilbench.search.Verdict;
import org.hilbench.space.SearchSpace;
import org.hilbench.space.image.ImageSpace;
import org.hilbench.space.image.SpaceBounds;
import org.hilbench.store.InMemoryTrialStore;
import org.hilbench.store.TrialStore;
import org.hilbench.trial.Artifact;
import org.hilbench.trial.ArtifactSource;
import org.hilbench.trial.Outcome;
import org.hilbench.trial.ScriptedQueue;
import org.hilbench.trial.ScriptedStages;
import org.hilbench.trial.Trial;
import org.hilbench.trial.TrialPipeline;
import org.hilbench.trial.TrialPlan;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole searches over benches that follow a script: what is told to the strategy, stored, on the
 * front, trained on, read on the test split and shown. Everything is real but training, accuracy
 * and the benches, which tell the truth of some networks, and of others do not.
 */
@Timeout(300)
final class ScriptedSearchTest {
  /** The one that is shown first is not the first of the alphabet. */
  private static final List<String> BOARDS = List.of("nucleo-l4r5zi", "mps2-an386");

  private static final List<TargetId> TARGETS = BOARDS.stream().map(TargetId::of).toList();

  private static final int TRIALS = 18;
  private static final Goal GOAL = Goal.under(List.of());

  @TempDir static Path folder;
  private static final ExecutorService THREADS = Executors.newCachedThreadPool();
  private static ScriptedStages stages;
  private static TrialPlan plan;

  /** A search that nothing befell, as its store and its tells. */
  private static InMemoryTrialStore whole;

  private static List<Told> told;

  @BeforeAll
  static void search() throws Exception {
    stages = new ScriptedStages(folder.resolve("data"));
    plan = stages.plan(BOARDS, false);
    whole = new InMemoryTrialStore();
    told = loop(whole, ScriptedSearchTest::answer).run(List.of()).told();
  }

  @AfterAll
  static void stop() {
    THREADS.shutdownNow();
  }

  /** What the benches do with a model, drawn by its bytes. */
  private enum Play {
    WRONG_BYTE,
    NO_CLOCK,
    TOO_LARGE,
    FAULT,
    RIGHT;

    static Play of(String modelSha256) {
      int drawn = Integer.parseInt(modelSha256.substring(4, 6), 16) % 10;
      return drawn < 4 ? values()[drawn] : RIGHT;
    }
  }

  private static CompletableFuture<MeasurementResult> answer(MeasurementJob job) throws Exception {
    Measurement right = numbers(job, ScriptedQueue.right(job));
    return switch (Play.of(job.modelSha256())) {
      case RIGHT -> ScriptedQueue.ran(job, right);
      case WRONG_BYTE ->
          ScriptedQueue.ran(
              job,
              ScriptedQueue.edited(
                  right,
                  json -> {
                    ObjectNode op = (ObjectNode) json.at("/ops/0");
                    op.put("outputCrc", op.get("outputCrc").longValue() ^ 1);
                  }));
      case NO_CLOCK ->
          ScriptedQueue.ran(
              job, ScriptedQueue.edited(right, json -> ((ObjectNode) json).putNull("timing")));
      case TOO_LARGE -> ScriptedQueue.tooLarge(job, 960, 640);
      case FAULT -> ScriptedQueue.failed(job, BenchException.Kind.TRIAL);
    };
  }

  /** Numbers drawn by model and board: none of the boards is the worse in all of them. */
  private static Measurement numbers(MeasurementJob job, Measurement right) {
    int at = 8 + 12 * BOARDS.indexOf(job.boardId());
    return ScriptedQueue.sized(
        right, 1e-3 * drawn(job, at), 1_024L * drawn(job, at + 4), 1_024L * drawn(job, at + 8));
  }

  private static int drawn(MeasurementJob job, int at) {
    return 1 + Integer.parseInt(job.modelSha256().substring(at, at + 2), 16);
  }

  private static TrialPipeline pipeline(TrialStore store, ScriptedQueue.Script script) {
    return stages.pipeline(plan, new ScriptedQueue(script), store);
  }

  private static SearchLoop loop(TrialStore store, ScriptedQueue.Script script) {
    return loop(store, script, THREADS);
  }

  private static SearchLoop loop(
      TrialStore store, ScriptedQueue.Script script, ExecutorService threads) {
    SearchSpace space =
        new ImageSpace(
            SpaceBounds.smallImages(stages.dataset().shape(), stages.dataset().classes()));
    return new SearchLoop(
        new SteadyStateEvolution(7, space, GOAL, new SteadyStateEvolution.Settings(4)),
        new TrialStarter(pipeline(store, script), store, threads, ExperimentListener.NOBODY),
        SearchPlan.of(TRIALS),
        SearchListener.NONE);
  }

  private static String model(TrialStore store, Trial trial) throws BenchException {
    return org.hilbench.Sha256.hex(store.artifact(trial, Artifact.MODEL).bytes());
  }

  @Test
  void whatIsStoredIsWhatTheBenchesDid() throws Exception {
    Set<Play> played = new HashSet<>();
    for (Trial trial : whole.trials()) {
      Play play = Play.of(model(whole, trial));
      played.add(play);
      Outcome outcome = trial.outcome();
      switch (play) {
        case RIGHT ->
            assertEquals(Set.copyOf(TARGETS), ((Outcome.Evaluated) outcome).on().keySet());
        case WRONG_BYTE -> assertEquals(Stage.VERIFY, failed(outcome).stage());
        case NO_CLOCK -> assertTrue(failed(outcome).reason().contains("clock"), outcome::toString);
        case TOO_LARGE -> assertInstanceOf(Outcome.Rejected.class, outcome);
        case FAULT -> assertEquals("as the script says", failed(outcome).reason());
      }
    }
    assertEquals(Set.of(Play.values()), played, "choose another seed");
    assertEquals(TRIALS, told.size());
  }

  private static Outcome.Failed failed(Outcome outcome) {
    return assertInstanceOf(Outcome.Failed.class, outcome, outcome::toString);
  }

  @Test
  void whatIsToldIsWhatIsStored() throws Exception {
    List<Trial> trials = whole.trials();
    assertEquals(StoredTrials.read(whole).told(), told);
    for (Told one : told) {
      Outcome outcome = trials.get(one.trial()).outcome();
      if (outcome instanceof Outcome.Evaluated evaluated) {
        Verdict.Scored scored = assertInstanceOf(Verdict.Scored.class, one.verdict());
        assertEquals(
            evaluated.accuracy().int8Validation(), scored.value(Metric.ACCURACY).orElseThrow());
        for (Metric metric : List.of(Metric.LATENCY, Metric.PEAK_SRAM, Metric.FLASH)) {
          assertEquals(worst(evaluated, metric), scored.value(metric).orElseThrow(), metric.word());
          for (TargetId target : TARGETS) {
            assertEquals(
                evaluated.on(target).quantity(metric).orElseThrow().value(),
                scored.value(metric, target).orElseThrow());
          }
        }
      } else if (outcome instanceof Outcome.Rejected) {
        assertEquals(0.5, ((Verdict.Rejected) one.verdict()).excess(), 1e-12, "960 of 640");
      } else {
        assertEquals(failed(outcome).reason(), ((Verdict.Failed) one.verdict()).reason());
      }
    }
  }

  private static double worst(Outcome.Evaluated evaluated, Metric metric) {
    double one = evaluated.on(TARGETS.get(0)).quantity(metric).orElseThrow().value();
    double other = evaluated.on(TARGETS.get(1)).quantity(metric).orElseThrow().value();
    return Math.max(one, other);
  }

  @Test
  void theFrontIsOfThoseThatAreBelievedAndThatNoneBeats() throws Exception {
    Map<Integer, double[]> costs = new TreeMap<>();
    for (Trial trial : whole.trials()) {
      if (trial.outcome() instanceof Outcome.Evaluated evaluated) {
        costs.put(
            trial.number(),
            new double[] {
              1 - evaluated.accuracy().int8Validation(),
              worst(evaluated, Metric.LATENCY),
              worst(evaluated, Metric.PEAK_SRAM),
              worst(evaluated, Metric.FLASH)
            });
      }
    }
    Set<Integer> expected =
        costs.keySet().stream()
            .filter(one -> costs.values().stream().noneMatch(by -> beats(by, costs.get(one))))
            .collect(Collectors.toSet());
    Front front = Front.of(whole, GOAL);
    assertEquals(expected, numbers(front.searched()));
    assertTrue(expected.size() < costs.size() && expected.size() > 3, expected::toString);
    assertEquals(expected, numbers(front.shown()));
  }

  private static boolean beats(double[] by, double[] cost) {
    boolean better = false;
    for (int i = 0; i < cost.length; i++) {
      if (by[i] > cost[i]) {
        return false;
      }
      better |= by[i] < cost[i];
    }
    return better;
  }

  private static Set<Integer> numbers(List<Trial> trials) {
    return trials.stream().map(Trial::number).collect(Collectors.toSet());
  }

  @Test
  void theBestAreTrainedOnAndStandInTheFrontWhereTheyAreBelieved() throws Exception {
    InMemoryTrialStore store = copy(whole);
    List<Trial> best = FinalRound.best(Front.of(store, GOAL).searched());
    assertEquals(3, best.size());
    List<Double> accuracies = best.stream().map(Front::accuracy).toList();
    List<Double> all =
        Front.of(store, GOAL).searched().stream()
            .map(Front::accuracy)
            .sorted(java.util.Comparator.reverseOrder())
            .toList();
    assertEquals(all.subList(0, 3), accuracies);

    // the first two are right, the last is not
    AtomicInteger measured = new AtomicInteger();
    ScriptedQueue.Script script =
        job -> {
          boolean lies = measured.getAndIncrement() >= 2 * BOARDS.size();
          return lies
              ? ScriptedQueue.failed(job, BenchException.Kind.TRIAL)
              : ScriptedQueue.ran(job, numbers(job, ScriptedQueue.right(job)));
        };
    // nothing is kept: weights that are drawn stay what they were, and so would their measurement
    TrialPipeline anew = stages.pipeline(plan, new ScriptedQueue(script), ArtifactSource.none());
    FinalRound round = new FinalRound(anew, store, THREADS, ExperimentListener.NOBODY);
    for (Trial one : best) {
      round.trainOn(List.of(one));
    }
    Map<Integer, Trial> finals = StoredTrials.read(store).finals();
    assertEquals(numbers(best), finals.keySet());
    Map<Integer, Integer> shown = new TreeMap<>();
    Front.of(store, GOAL).shown().forEach(one -> shown.put(one.number(), one.rung()));
    assertEquals(plan.finalRung(), shown.get(best.get(0).number()));
    assertEquals(plan.finalRung(), shown.get(best.get(1).number()));
    assertEquals(0, shown.get(best.get(2).number()), "its final version failed");
    assertEquals(numbers(Front.of(whole, GOAL).searched()), shown.keySet());

    round.trainOn(best);
    assertEquals(finals, StoredTrials.read(store).finals(), "what is stored is not done again");
  }

  @Test
  void onlyWhatIsShownIsReadOnTheTestSplitAndOnce() throws Exception {
    InMemoryTrialStore store = copy(whole);
    int before = onTest();
    FinalRound round =
        new FinalRound(
            pipeline(store, ScriptedSearchTest::answer), store, THREADS, ExperimentListener.NOBODY);
    List<Trial> shown = Front.of(store, GOAL).shown();
    round.readTestSplit(shown);
    assertEquals(shown.size(), onTest() - before);
    for (Trial trial : store.trials()) {
      if (numbers(shown).contains(trial.number())) {
        byte[] model = store.artifact(trial, Artifact.MODEL).bytes();
        double read = Front.evaluated(trial).accuracy().int8Test().orElseThrow();
        assertEquals(ScriptedStages.accuracy(model, Split.TEST), read);
      } else if (trial.outcome() instanceof Outcome.Evaluated evaluated) {
        assertTrue(evaluated.accuracy().int8Test().isEmpty());
      }
    }
    round.readTestSplit(Front.of(store, GOAL).shown());
    assertEquals(shown.size(), onTest() - before);
  }

  private static int onTest() {
    return (int) stages.evaluations().stream().filter(task -> task.split() == Split.TEST).count();
  }

  @Test
  void theJsonViewHasEachBoardsNumbersUnderItsName() throws Exception {
    Front front = Front.of(whole, GOAL);
    List<Trial> trials = whole.trials();
    RunFolder run = new RunFolder(folder);
    Map<String, Object> named =
        SearchJson.of(trials, front.shown(), run::model, run.report(), TARGETS);
    JsonNode view = new JsonMapper().readTree(Json.text(named));
    assertEquals(BOARDS.get(0), view.get("board").textValue());
    assertEquals(TRIALS, view.get("trials").size());
    for (JsonNode shown : view.get("trials")) {
      Trial trial = trials.get(shown.get("id").intValue());
      assertEquals(trial.outcome().word(), shown.get("outcome").textValue());
      if (trial.outcome() instanceof Outcome.Evaluated evaluated) {
        sameNumbers(evaluated, shown);
      } else {
        assertFalse(shown.get("reason").textValue().isBlank());
        assertFalse(shown.has("latencyMs"));
      }
    }
    List<Integer> ids = new ArrayList<>();
    for (JsonNode point : view.get("front")) {
      ids.add(point.get("id").intValue());
      sameNumbers(Front.evaluated(trials.get(point.get("id").intValue())), point);
      assertFalse(point.has("testAccuracy"), "it was not read");
    }
    assertEquals(front.shown().stream().map(Trial::number).toList(), ids);
  }

  private static void sameNumbers(Outcome.Evaluated evaluated, JsonNode shown) {
    assertEquals(evaluated.accuracy().int8Validation(), shown.get("accuracy").doubleValue());
    same(evaluated.on(TARGETS.get(0)), shown);
    for (String board : BOARDS) {
      same(evaluated.on(TargetId.of(board)), shown.get("on").get(board));
    }
  }

  private static void same(Measurement measurement, JsonNode shown) {
    double millis = measurement.timed().latency().value() * 1e3;
    assertEquals(millis, shown.get("latencyMs").doubleValue(), 1e-9);
    assertEquals(measurement.sram().peak().value(), shown.get("peakSramBytes").doubleValue());
    assertEquals(measurement.flash().total().value(), shown.get("flashBytes").doubleValue());
    assertEquals(measurement.modelSha256(), shown.get("modelSha256").textValue());
  }

  /** Whatever trial the machine's failure hits: it is not told, not stored, and done again. */
  @Test
  void aFailureOfTheMachineEndsTheSearchWhichGoesOnToTheSame() throws Exception {
    for (int hit : new int[] {0, 5, 11, 20}) {
      InMemoryTrialStore store = new InMemoryTrialStore();
      AtomicInteger jobs = new AtomicInteger();
      ScriptedQueue.Script failing =
          job ->
              jobs.getAndIncrement() == hit
                  ? ScriptedQueue.failed(job, BenchException.Kind.PASSING)
                  : answer(job);
      ExecutorService threads = Executors.newCachedThreadPool();
      BenchException end =
          assertThrows(BenchException.class, () -> loop(store, failing, threads).run(List.of()));
      threads.shutdownNow();
      assertTrue(threads.awaitTermination(100, TimeUnit.SECONDS));
      assertEquals(BenchException.Kind.PASSING, end.kind());
      assertTrue(end.getMessage().contains("--resume"), end::getMessage);
      List<Trial> stored = store.trials();
      assertTrue(stored.size() < TRIALS);
      List<Told> before = StoredTrials.read(store).told();
      loop(store, ScriptedSearchTest::answer).run(before);
      for (Map.Entry<Integer, Outcome> trial : outcomes(whole).entrySet()) {
        assertEquals(
            trial.getValue(), outcomes(store).get(trial.getKey()), "trial " + trial.getKey());
      }
    }
  }

  private static Map<Integer, Outcome> outcomes(TrialStore store) throws BenchException {
    Map<Integer, Outcome> outcomes = new TreeMap<>();
    store.trials().forEach(trial -> outcomes.put(trial.number(), trial.outcome()));
    return outcomes;
  }

  private static InMemoryTrialStore copy(TrialStore of) throws BenchException {
    InMemoryTrialStore copy = new InMemoryTrialStore();
    List<Trial> trials = of.trials();
    for (TrialKey key : of.arrivals()) {
      copy.append(trials.get(key.number()), of.artifacts(key));
    }
    return copy;
  }
}
