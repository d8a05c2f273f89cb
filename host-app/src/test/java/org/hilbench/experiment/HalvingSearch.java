package org.hilbench.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.hilbench.BenchException;
import org.hilbench.graph.Precision;
import org.hilbench.measure.MeasurementJob;
import org.hilbench.search.Goal;
import org.hilbench.search.SearchListener;
import org.hilbench.search.SearchLoop;
import org.hilbench.search.SearchPlan;
import org.hilbench.search.SuccessiveHalving;
import org.hilbench.search.Told;
import org.hilbench.space.ChainSpace;
import org.hilbench.space.SearchSpace;
import org.hilbench.space.Spaces;
import org.hilbench.store.SqliteTrialStore;
import org.hilbench.store.TrialStore;
import org.hilbench.train.Trainer;
import org.hilbench.train.TrainingTask;
import org.hilbench.trial.SampleTrials;
import org.hilbench.trial.ScriptedQueue;
import org.hilbench.trial.ScriptedStages;
import org.hilbench.trial.TrialPipeline;

/**
 * A search by successive halving in a folder: everything is real but training, which draws weights
 * by network, recipe and start, and the benches.
 */
final class HalvingSearch {
  static final int NETWORKS = 9;
  static final Goal GOAL = Goal.under(List.of());
  static final Spaces SPACES = new Spaces(List.of(new ChainSpace.Provider()));
  static final String BOARD = SampleTrials.BOARD;

  final List<TrainingTask> trained = Collections.synchronizedList(new ArrayList<>());
  final ScriptedQueue bench =
      new ScriptedQueue(
          job ->
              ScriptedQueue.ran(
                  job,
                  ScriptedQueue.sized(
                      ScriptedQueue.right(job),
                      1e-3 * drawn(job, 8),
                      1_024L * drawn(job, 12),
                      1_024L * drawn(job, 16))));

  /** Whether another training gives other weights, and so other bytes of the model. */
  private boolean learns = true;

  private final int networks;
  private final ScriptedStages stages;
  private final SearchSpace space;
  private final SuccessiveHalving strategy;

  HalvingSearch(Path data, int networks, boolean continued) throws Exception {
    this.networks = networks;
    stages = new ScriptedStages(data);
    space =
        SPACES
            .provider("chain")
            .space(stages.dataset().shape(), stages.dataset().classes(), List.of(Precision.W8A8));
    strategy =
        new SuccessiveHalving(11, space, networks, new SuccessiveHalving.Settings(3, continued));
  }

  private static int drawn(MeasurementJob job, int at) {
    return 1 + Integer.parseInt(job.modelSha256().substring(at, at + 2), 16);
  }

  /** Goes on with what is in the folder; each trial is said on stdout once it is stored. */
  public static void main(String[] args) throws Exception {
    HalvingSearch search = new HalvingSearch(Path.of(args[1]), NETWORKS, true);
    try (TrialStore store = open(Path.of(args[0]))) {
      search.run(
          store,
          new SearchListener() {
            @Override
            public void finished(Told told) {
              System.out.println(told.key());
            }
          });
    }
    System.exit(0);
  }

  static TrialStore open(Path folder) throws BenchException {
    return SqliteTrialStore.open(folder, SPACES);
  }

  int trials() {
    return strategy.trials(networks);
  }

  TrialPipeline pipeline(TrialStore store) {
    return stages.pipeline(
        stages.plan(List.of(BOARD), false).withRungs(strategy.rungs()), trainer(), bench, store);
  }

  /** The same where a network has learnt all that it can. */
  HalvingSearch learningNoMore() {
    learns = false;
    return this;
  }

  private Trainer trainer() {
    return (task, progress) -> {
      trained.add(task);
      String drawnBy = task.architectureHash() + (learns ? task.recipeKey() : "");
      return stages
          .trainer()
          .start(
              new TrainingTask(
                  task.name(),
                  task.graph(),
                  drawnBy,
                  task.recipe(),
                  task.weights(),
                  task.data(),
                  task.seed(),
                  task.deadline()),
              progress);
    };
  }

  List<Told> run(TrialStore store, SearchListener listener) throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      TrialStarter starter =
          new TrialStarter(pipeline(store), store, threads, ExperimentListener.NOBODY);
      return new SearchLoop(strategy, starter, SearchPlan.of(trials()), listener)
          .run(StoredTrials.read(store).told())
          .told();
    } finally {
      threads.shutdownNow();
    }
  }
}
