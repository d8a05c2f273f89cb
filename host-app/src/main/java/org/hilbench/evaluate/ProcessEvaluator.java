package org.hilbench.evaluate;

import org.hilbench.Stage;
import org.hilbench.evaluate.EvaluationWire.Request;
import org.hilbench.worker.Pending;
import org.hilbench.worker.Progress;
import org.hilbench.worker.WorkerPool;
import org.hilbench.worker.WorkerRequest;

/** Evaluates in the processes of a {@link WorkerPool}, one model in each at a time. */
public final class ProcessEvaluator implements Evaluator {
  private final WorkerPool pool;

  public ProcessEvaluator(WorkerPool pool) {
    this.pool = pool;
  }

  @Override
  public Pending<Int8Accuracy> start(EvaluationTask task, Progress progress) {
    return pool.submit(
            new WorkerRequest(
                EvaluationHandler.class,
                new Request(task.data(), task.split(), task.most(), task.model()).encode(),
                Stage.EVALUATE,
                task.name() + ": int8 evaluation",
                task.deadline()),
            progress)
        .map(bytes -> EvaluationWire.decode(task.split(), bytes));
  }
}
