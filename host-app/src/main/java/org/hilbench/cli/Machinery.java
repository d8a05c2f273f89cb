package org.hilbench.cli;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.hilbench.BenchException;
import org.hilbench.board.BoardProfiles;
import org.hilbench.evaluate.Evaluator;
import org.hilbench.evaluate.ProcessEvaluator;
import org.hilbench.exec.CommandRunner;
import org.hilbench.train.Observer;
import org.hilbench.train.ProcessObserver;
import org.hilbench.train.ProcessTrainer;
import org.hilbench.train.Trainer;
import org.hilbench.trial.MeasureStage;
import org.hilbench.worker.WorkerPool;

/** What runs beside the main thread of a search: worker processes, the bench, trial threads. */
final class Machinery implements AutoCloseable {
  private final WorkerPool pool;
  private final Benches benches;
  private final ExecutorService threads;

  /**
   * Starts it.
   *
   * @param trials how many trials are under way at once
   */
  Machinery(Home home, BoardProfiles boards, CommandRunner runner, int trials)
      throws BenchException {
    benches = new Benches(home, boards, runner);
    int workers = Math.max(1, Math.min(Runtime.getRuntime().availableProcessors(), trials));
    pool = WorkerPool.open(runner, ProcessTrainer.workers(workers));
    threads =
        Executors.newFixedThreadPool(
            trials,
            task -> {
              Thread thread = new Thread(task, "trial");
              thread.setDaemon(true);
              return thread;
            });
  }

  Trainer trainer() {
    return new ProcessTrainer(pool);
  }

  Observer observer() {
    return new ProcessObserver(pool);
  }

  Evaluator evaluator() {
    return new ProcessEvaluator(pool);
  }

  MeasureStage measuring() {
    return benches.stage();
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
