package org.hilbench.train;

import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.quantize.Observations;
import org.hilbench.worker.Progress;
import org.hilbench.worker.WorkerPool;
import org.hilbench.worker.WorkerRequest;

/** Observes in the processes of a {@link WorkerPool}. */
public final class ProcessObserver implements Observer {
  private final WorkerPool pool;

  public ProcessObserver(WorkerPool pool) {
    this.pool = pool;
  }

  @Override
  public Observations observe(Task task) throws BenchException {
    return pool.submit(
            new WorkerRequest(
                ObservationHandler.class,
                ObservationWire.encode(task),
                Stage.QUANTIZE,
                task.name() + ": calibration",
                task.deadline()),
            Progress.NONE)
        .map(ObservationWire::decode)
        .await();
  }
}
