package org.hilbench.train;

import org.hilbench.BenchException;
import org.hilbench.worker.Pending;
import org.hilbench.worker.Progress;

/** Trains networks; thread-safe. */
public interface Trainer {

  /** Queues a training; {@code progress} hears of samples. */
  Pending<TrainedModel> start(TrainingTask task, Progress progress);

  /**
   * Trains and waits.
   *
   * @throws BenchException (TRIAL) if the loss is not finite, the worker crashed or overran the
   *     deadline; (USAGE) if the data has changed; (ENVIRONMENT) if no worker starts
   */
  default TrainedModel train(TrainingTask task) throws BenchException {
    return start(task, Progress.NONE).await();
  }
}
