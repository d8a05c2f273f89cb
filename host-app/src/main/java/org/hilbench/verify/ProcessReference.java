package org.hilbench.verify;

import java.util.List;
import org.hilbench.BenchException;
import org.hilbench.measure.Bytes;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.worker.Progress;
import org.hilbench.worker.WorkerPool;

/** Candidates' references, in the worker processes of a search. */
public final class ProcessReference implements ReferenceRunner {
  private final WorkerPool pool;

  public ProcessReference(WorkerPool pool) {
    this.pool = pool;
  }

  @Override
  public ReferenceAnswers answers(TfliteModel model, List<Bytes> inputs) throws BenchException {
    byte[] answer = pool.submit(ReferenceWire.request(model, inputs, false), Progress.NONE).await();
    return ReferenceWire.answers(model, inputs, answer);
  }
}
