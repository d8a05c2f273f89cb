package org.hilbench.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.hilbench.BenchException;
import org.hilbench.search.Goal;
import org.hilbench.search.SearchListener;
import org.hilbench.search.SearchLoop;
import org.hilbench.search.SearchPlan;
import org.hilbench.search.SearchStrategy;
import org.hilbench.search.StrategyContext;
import org.hilbench.space.image.ImageSpace;
import org.hilbench.space.image.SpaceBounds;
import org.hilbench.store.InMemoryTrialStore;
import org.hilbench.trial.Fidelity;
import org.hilbench.trial.ScriptedQueue;
import org.hilbench.trial.ScriptedStages;
import org.hilbench.trial.Trial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A strategy of which nothing but its own class knows: from its settings to stored trials. */
@Timeout(300)
class ToyStrategyTest {
  private static final int TRIALS = 6;

  @TempDir Path folder;

  private static final SettingsReader READER = new SettingsReader(Toys.providers());

  private static SearchSettings settings() throws BenchException {
    return READER.of(
        "test", Map.of("strategy", "hillClimbing", "hillClimbing", Map.of("restart", 0.25)));
  }

  @Test
  void itsSettingsAreReadRecordedAndReadBack() throws Exception {
    SearchSettings settings = settings();
    assertEquals(Map.of("start", "3", "restart", "0.25"), settings.strategySettings());
    assertTrue(settings.commandLine().contains("--strategy hillClimbing"), settings::commandLine);
    assertTrue(
        settings.commandLine().contains("--set hillClimbing.restart=0.25"), settings::commandLine);
    assertEquals(settings, READER.parse(settings.flags()));
  }

  @Test
  void itSearches() throws Exception {
    SearchSettings settings = settings();
    ScriptedStages stages = new ScriptedStages(folder.resolve("data"));
    ImageSpace space =
        new ImageSpace(
            SpaceBounds.smallImages(stages.dataset().shape(), stages.dataset().classes()));
    SearchStrategy toy =
        new StrategyBlocks(Toys.providers().strategies())
            .create(
                settings.strategy(),
                settings.strategySettings(),
                new StrategyContext(settings.seed(), space, Goal.under(List.of()), TRIALS));
    InMemoryTrialStore store = new InMemoryTrialStore();
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      ScriptedQueue bench =
          new ScriptedQueue(job -> ScriptedQueue.ran(job, ScriptedQueue.right(job)));
      TrialStarter starter =
          new TrialStarter(
              stages.pipeline(stages.plan(List.of("mps2-an386"), false), bench, store),
              store,
              threads,
              ExperimentListener.NOBODY);
      new SearchLoop(toy, starter, SearchPlan.of(TRIALS), SearchListener.NONE).run(List.of());
    } finally {
      threads.shutdownNow();
    }
    List<Trial> trials = store.trials(Fidelity.SEARCH);
    assertEquals(TRIALS, trials.size());
    assertTrue(trials.stream().skip(3).anyMatch(trial -> !trial.parents().isEmpty()));
  }
}
