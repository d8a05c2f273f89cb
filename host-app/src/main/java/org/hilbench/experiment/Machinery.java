package org.hilbench.experiment;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.hilbench.BenchException;
import org.hilbench.bench.Bench;
import org.hilbench.data.DataReference;
import org.hilbench.desk.Benches;
import org.hilbench.desk.Home;
import org.hilbench.evaluate.ProcessEvaluator;
import org.hilbench.exec.CommandRunner;
import org.hilbench.firmware.CompileWatcher;
import org.hilbench.search.StrategyServices;
import org.hilbench.train.ProcessObserver;
import org.hilbench.train.ProcessTrainer;
import org.hilbench.trial.ArtifactSource;
import org.hilbench.trial.TrialPipeline;
import org.hilbench.trial.TrialPlan;
import org.hilbench.verify.ProcessReference;
import org.hilbench.worker.WorkerPool;

/** What runs beside the main thread of a search: worker processes, the bench, trial threads. */
final class Machinery implements AutoCloseable {
  private final WorkerPool pool;
  private final Benches benches;
  private final ExecutorService threads;

  /**
   * Starts it.
   *
   * @param compiles hears of what is compiled once
   * @param decided where its boards are measured, of a search that goes on
   */
  Machinery(
      Home home,
      ExperimentPlan plan,
      CommandRunner runner,
      CompileWatcher compiles,
      Map<String, String> decided)
      throws BenchException {
    int trials = plan.search(plan.settings().trials()).atOnce();
    threads = Executors.newFixedThreadPool(trials, Machinery::daemon);
    Benches.Setup setup =
        Benches.Setup.search(plan.settings().board(), plan.tflm(), compiles, decided);
    benches = new Benches(home, plan.boards(), runner, setup);
    int workers = Math.min(Runtime.getRuntime().availableProcessors(), trials);
    try {
      pool = WorkerPool.open(runner, ProcessTrainer.workers(workers));
    } catch (RuntimeException | Error e) {
      benches.close();
      throw e;
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "trial");
    thread.setDaemon(true);
    return thread;
  }

  /** Where these boards are measured from now on, by id. */
  Map<String, String> decide(List<String> boardIds) throws BenchException {
    return benches.decide(boardIds);
  }

  /** See {@link Bench#requireResident}. */
  void requireResident(List<String> boardIds, String kernels) throws BenchException {
    benches.requireResident(boardIds, kernels);
  }

  TrialPipeline pipeline(TrialPlan plan, ArtifactSource artifacts, InstantSource clock) {
    return new TrialPipeline(
        plan,
        new ProcessTrainer(pool),
        new ProcessObserver(pool),
        new ProcessEvaluator(pool),
        new ProcessReference(pool),
        benches.stage(),
        artifacts,
        clock);
  }

  /** For a strategy, which keeps what it learns in this folder. */
  StrategyServices services(RunFolder folder, DataReference data) {
    return new ExperimentServices(folder, pool, data);
  }

  ExecutorService threads() {
    return threads;
  }

  @Override
  public void close() {
    threads.shutdownNow();
    pool.close();
    benches.close();
  }
}
