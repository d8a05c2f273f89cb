package org.hilbench.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.hilbench.BenchException;
import org.hilbench.graph.Activation;
import org.hilbench.graph.Precision;
import org.hilbench.measure.MeasurementResult;
import org.hilbench.report.Json;
import org.hilbench.report.TextReport;
import org.hilbench.search.Goal;
import org.hilbench.search.SearchListener;
import org.hilbench.search.SearchLoop;
import org.hilbench.search.SearchPlan;
import org.hilbench.search.SearchStrategy;
import org.hilbench.search.SteadyStateEvolution;
import org.hilbench.search.Told;
import org.hilbench.search.Verdict;
import org.hilbench.space.image.BlockKind;
import org.hilbench.space.image.ImageSpace;
import org.hilbench.space.image.SpaceBounds;
import org.hilbench.store.EarlierVersion;
import org.hilbench.store.InMemoryTrialStore;
import org.hilbench.store.SqliteTrialStore;
import org.hilbench.store.TrialStore;
import org.hilbench.trial.ScriptedQueue;
import org.hilbench.trial.ScriptedStages;
import org.hilbench.trial.Trial;
import org.hilbench.trial.TrialPipeline;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A search that an earlier version made is shown as it was shown then, and goes on as it would. */
@Timeout(300)
class EarlierVersionTest {
  private static final List<String> BOARDS = List.of("nucleo-l4r5zi", "mps2-an386");
  private static final int STORED = 12;
  private static final int TRIALS = 16;
  private static final Goal GOAL = Goal.under(List.of());
  private static final ExecutorService THREADS = Executors.newCachedThreadPool();

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void unpack() throws Exception {
    file = EarlierVersion.unpacked(folder);
  }

  @AfterAll
  static void stop() {
    THREADS.shutdownNow();
  }

  @Test
  void itIsShownAsItWasThenWhetherReadAsItIsOrInTodaysTables() throws Exception {
    byte[] before = Files.readAllBytes(file);
    try (TrialStore store = SqliteTrialStore.openToRead(folder)) {
      assertShownAsThen(store);
    }
    assertEquals(-1, java.util.Arrays.mismatch(before, Files.readAllBytes(file)), "it was written");
    try (TrialStore store = SqliteTrialStore.open(folder)) {
      assertShownAsThen(store);
    }
    try (TrialStore store = SqliteTrialStore.openToRead(folder)) {
      assertShownAsThen(store);
    }
  }

  private void assertShownAsThen(TrialStore store) throws BenchException, java.io.IOException {
    RunFolder run = new RunFolder(folder);
    ExperimentResult result = ExperimentResult.of(store, run, Providers.standard());
    assertEquals(EarlierVersion.table(), TextReport.render(result.report(), 200));
    JsonNode json = new JsonMapper().readTree(Json.text(result.json()));
    List.of("trials", "front").forEach(list -> json.get(list).forEach(one -> withoutRung(one)));
    String then = EarlierVersion.json().replace("FOLDER", folder.toString());
    assertEquals(new JsonMapper().readTree(then), json);
  }

  /** Which was not said then. */
  private static void withoutRung(JsonNode trial) {
    int rung = ((ObjectNode) trial).remove("rung").intValue();
    assertEquals("final".equals(trial.path("fidelity").textValue()) ? 1 : 0, rung);
  }

  @Test
  void itGoesOnToWhatASearchOfTodayComesTo() throws Exception {
    ScriptedStages stages = new ScriptedStages(folder.resolve("data"));
    InMemoryTrialStore whole = new InMemoryTrialStore();
    search(stages, whole);
    try (TrialStore store = SqliteTrialStore.open(folder)) {
      List<Trial> then = store.trials();
      int finals = StoredTrials.read(store).finals().size();
      List<Told> told = search(stages, store);
      assertEquals(TRIALS, told.size());
      List<Trial> all = store.trials();
      assertTrue(all.containsAll(then), "what was stored has changed");
      assertEquals(TRIALS + finals, all.size());
      for (Trial trial : whole.trials()) {
        Trial same =
            all.stream().filter(one -> one.key().equals(trial.key())).findFirst().orElseThrow();
        assertEquals(trial.ask(), same.ask());
        assertEquals(trial.architecture(), same.architecture(), () -> trial.key().toString());
        assertEquals(steering(trial), steering(same), () -> trial.key().toString());
      }
    }
    try (TrialStore store = SqliteTrialStore.openToRead(folder)) {
      assertEquals(TRIALS, store.arrivals().size());
    }
  }

  /** A board that came after the first that a network did not fit was not asked then. */
  private static Object steering(Trial trial) {
    Verdict verdict = Verdicts.of(trial.outcome());
    return verdict instanceof Verdict.Rejected rejected ? rejected.excess() : verdict;
  }

  private static List<Told> search(ScriptedStages stages, TrialStore store) throws Exception {
    TrialPipeline pipeline =
        stages.pipeline(
            stages.plan(BOARDS, false), new ScriptedQueue(EarlierVersionTest::answer), store);
    ImageSpace space = new ImageSpace(tiny(SpaceBounds.smallImages(stages.dataset().shape(), 10)));
    SearchStrategy strategy =
        new SteadyStateEvolution(5, space, GOAL, new SteadyStateEvolution.Settings(4));
    List<Told> stored = StoredTrials.read(store).told();
    assertTrue(stored.isEmpty() || stored.size() == STORED, stored::toString);
    return new SearchLoop(
            strategy,
            new TrialStarter(pipeline, store, THREADS, ExperimentListener.NOBODY),
            SearchPlan.of(TRIALS),
            SearchListener.NONE)
        .run(stored)
        .told();
  }

  /** The space that it was made in, whose networks take little room. */
  private static SpaceBounds tiny(SpaceBounds of) {
    return new SpaceBounds(
        of.input(),
        of.classes(),
        List.of(BlockKind.values()),
        List.of(3),
        List.of(4, 8, 12),
        List.of(1, 2),
        List.of(1, 2),
        List.of(1),
        List.of(Activation.RELU),
        1,
        3,
        3,
        new SpaceBounds.Limits(300_000, 2_000, 50_000),
        List.of(Precision.W8A8));
  }

  /** As the benches answered then. */
  private static java.util.concurrent.CompletableFuture<MeasurementResult> answer(
      org.hilbench.measure.MeasurementJob job) throws BenchException {
    int drawn = Integer.parseInt(job.modelSha256().substring(4, 6), 16) % 10;
    if (drawn == 0) {
      return ScriptedQueue.tooLarge(job, 960, 640);
    }
    if (drawn == 1) {
      return ScriptedQueue.failed(job, BenchException.Kind.TRIAL);
    }
    int at = 8 + 12 * BOARDS.indexOf(job.boardId());
    return ScriptedQueue.ran(
        job,
        ScriptedQueue.sized(
            ScriptedQueue.right(job),
            1e-3 * number(job.modelSha256(), at),
            1024L * number(job.modelSha256(), at + 4),
            1024L * number(job.modelSha256(), at + 8)));
  }

  private static int number(String sha256, int at) {
    return 1 + Integer.parseInt(sha256.substring(at, at + 2), 16);
  }
}
