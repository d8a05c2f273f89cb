package org.hilbench.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.hilbench.BenchException;
import org.hilbench.data.Dataset;
import org.hilbench.graph.Precision;
import org.hilbench.report.TextReport;
import org.hilbench.search.Goal;
import org.hilbench.search.MemoryServices;
import org.hilbench.search.SearchListener;
import org.hilbench.search.SearchLoop;
import org.hilbench.search.SearchPlan;
import org.hilbench.search.SearchStrategy;
import org.hilbench.search.Strategies;
import org.hilbench.search.StrategyContext;
import org.hilbench.search.Told;
import org.hilbench.space.Architecture;
import org.hilbench.space.ChainSpace;
import org.hilbench.space.SearchSpace;
import org.hilbench.space.Spaces;
import org.hilbench.store.DataShape;
import org.hilbench.store.ExperimentRecord;
import org.hilbench.store.SqliteTrialStore;
import org.hilbench.store.TrialJson;
import org.hilbench.store.TrialStore;
import org.hilbench.trial.SampleTrials;
import org.hilbench.trial.ScriptedQueue;
import org.hilbench.trial.ScriptedStages;
import org.hilbench.trial.Trial;
import org.hilbench.trial.TrialPipeline;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A search of another space than images: one class, and all else is as it was. */
@Timeout(300)
class SecondSpaceTest {
  private static final int NETWORKS = 12;
  private static final Goal GOAL = Goal.under(List.of());
  private static final Spaces SPACES = new Spaces(List.of(new ChainSpace.Provider()));
  private static final ExecutorService THREADS = Executors.newCachedThreadPool();

  @TempDir Path folder;

  @AfterAll
  static void stop() {
    THREADS.shutdownNow();
  }

  @Test
  void isSearchedStoredResumedTrainedOnAndShown() throws Exception {
    ScriptedStages stages = new ScriptedStages(folder.resolve("data"));
    RunFolder run = new RunFolder(folder.resolve("run"));
    SearchSpace space = space(stages.dataset());
    SearchStrategy strategy =
        Strategies.standard()
            .provider("evolution")
            .create(new StrategyContext(7, space, GOAL, NETWORKS, new MemoryServices()));
    List<Told> first;
    try (TrialStore store = SqliteTrialStore.open(run.path(), SPACES)) {
      store.begin(experiment(stages.dataset()));
      first = search(strategy, stages, store, NETWORKS / 2);
    }
    try (TrialStore store = SqliteTrialStore.open(run.path(), SPACES)) {
      int trials = strategy.trials(NETWORKS);
      List<Told> all = search(strategy, stages, store, trials);
      assertEquals(first, all.subList(0, first.size()));
      assertEquals(NETWORKS + NETWORKS / 3, trials);
      List<Trial> searched = store.trials();
      assertBred(searched);
      finish(store, pipeline(stages, store), space, trials);
      assertShown(ExperimentResult.of(store, run, Toys.providers()), run, searched);
    }
    BenchException refused = assertThrows(BenchException.class, () -> trials(run.path()));
    String reason = "another hilbench (Trial record: space 'chain' is unknown; known: image)";
    assertTrue(refused.getMessage().contains(reason), refused.getMessage());
  }

  private static SearchSpace space(Dataset data) throws BenchException {
    return SPACES
        .provider("chain")
        .space(data.shape(), data.classes(), List.of(Precision.values()));
  }

  private static ExperimentRecord experiment(Dataset data) {
    Map<String, String> flags = new TreeMap<>(SampleTrials.flags());
    flags.put("--board", SampleTrials.BOARD);
    flags.put("--constraint", "");
    return new ExperimentRecord(
        Instant.EPOCH,
        flags,
        Optional.empty(),
        Optional.of(new DataShape(data.shape(), data.classes())));
  }

  private static TrialPipeline pipeline(ScriptedStages stages, TrialStore store) {
    ScriptedQueue benches =
        new ScriptedQueue(job -> ScriptedQueue.ran(job, ScriptedQueue.right(job)));
    return stages.pipeline(stages.plan(List.of(SampleTrials.BOARD), true), benches, store);
  }

  /** Goes on after what is stored, to so many trials. */
  private static List<Told> search(
      SearchStrategy strategy, ScriptedStages stages, TrialStore store, int trials)
      throws Exception {
    return new SearchLoop(
            strategy,
            new TrialStarter(pipeline(stages, store), store, THREADS, ExperimentListener.NOBODY),
            SearchPlan.of(trials),
            SearchListener.NONE)
        .run(StoredTrials.read(store).told())
        .told();
  }

  private static void finish(
      TrialStore store, TrialPipeline pipeline, SearchSpace space, int trials) throws Exception {
    FinalRound round = new FinalRound(pipeline, store, THREADS, ExperimentListener.NOBODY);
    List<Trial> best = FinalRound.best(Front.of(store, GOAL).searched());
    round.trainOn(best);
    round.inPlainPrecisions(best, space, trials);
    assertTrue(
        StoredTrials.read(store).finals().size() > best.size(), "no other precision was made");
    round.readTestSplit(Front.of(store, GOAL).shown());
  }

  /** Of the networks that came first others descend, and of those other precisions of them. */
  private static void assertBred(List<Trial> trials) {
    assertTrue(trials.subList(0, NETWORKS).stream().anyMatch(one -> !one.parents().isEmpty()));
    for (Trial trial : trials.subList(NETWORKS, trials.size())) {
      Architecture parent = trials.get(trial.parents().get(0)).architecture();
      assertEquals(parent.inInt8(), trial.architecture().inInt8());
      assertNotEquals(parent, trial.architecture());
    }
  }

  private static void assertShown(ExperimentResult result, RunFolder run, List<Trial> trials)
      throws Exception {
    result.write();
    JsonNode json = TrialJson.mapper().valueToTree(result.json());
    String page = Files.readString(run.report());
    String table = TextReport.render(result.report(), 200);
    for (Trial trial : trials) {
      assertInstanceOf(ChainSpace.Chain.class, trial.architecture());
      assertEquals(trial.architecture(), SPACES.parse(trial.architecture().json()));
      JsonNode shown = json.at("/trials/" + trial.number() + "/architecture");
      assertEquals(trial.architecture(), SPACES.parse(shown.toString()));
      assertTrue(page.contains(trial.architecture().summary()), page);
    }
    assertTrue(table.contains(result.front().get(0).architecture().summary()), table);
  }

  private static List<Trial> trials(Path folder) throws BenchException {
    try (TrialStore store = SqliteTrialStore.openToRead(folder)) {
      return store.trials();
    }
  }
}
