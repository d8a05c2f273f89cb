package org.hilbench.evaluate;

import org.hilbench.BenchException;
import org.hilbench.worker.Pending;
import org.hilbench.worker.Progress;

/** Measures the accuracy of .tflite models; thread-safe. */
public interface Evaluator {

  /** Queues an evaluation; {@code progress} hears of examples. */
  Pending<Int8Accuracy> start(EvaluationTask task, Progress progress);

  /**
   * Evaluates and waits.
   *
   * @throws BenchException (TRIAL) if the model cannot be run on these examples, or the worker
   *     crashed or overran the deadline
   */
  default Int8Accuracy evaluate(EvaluationTask task) throws BenchException {
    return start(task, Progress.NONE).await();
  }
}
