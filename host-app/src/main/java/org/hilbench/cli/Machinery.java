package org.hilbench.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.hilbench.BenchException;
import org.hilbench.bench.Bench;
import org.hilbench.board.BoardProfiles;
import org.hilbench.evaluate.Evaluator;
import org.hilbench.evaluate.ProcessEvaluator;
import org.hilbench.exec.CommandRunner;
import org.hilbench.firmware.UserTflm;
import org.hilbench.train.Observer;
import org.hilbench.train.ProcessObserver;
import org.hilbench.train.ProcessTrainer;
import org.hilbench.train.Trainer;
import org.hilbench.trial.MeasureStage;
import org.hilbench.verify.ProcessReference;
import org.hilbench.verify.ReferenceRunner;
import org.hilbench.worker.WorkerPool;

/** What runs beside the main thread of a search: worker processes, the bench, trial threads. */
final class Machinery implements AutoCloseable {
  private final WorkerPool pool;
  private final Benches benches;
  private final ExecutorService threads;

  /**
   * Starts it.
   *
   * @param tflm a runtime of the user's own, absent for the default one
   * @param trials how many trials are under way at once, at least 1
   * @param decided where its boards are measured, of a search that goes on
   */
  Machinery(
      Home home,
      BoardProfiles boards,
      CommandRunner runner,
      Optional<UserTflm> tflm,
      int trials,
      Map<String, String> decided)
      throws BenchException {
    threads = Executors.newFixedThreadPool(trials, Machinery::daemon);
    benches = new Benches(home, boards, runner, tflm, decided);
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

  Trainer trainer() {
    return new ProcessTrainer(pool);
  }

  Observer observer() {
    return new ProcessObserver(pool);
  }

  Evaluator evaluator() {
    return new ProcessEvaluator(pool);
  }

  ReferenceRunner references() {
    return new ProcessReference(pool);
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
