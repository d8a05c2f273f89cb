package org.hilbench.trial;

import java.util.List;
import org.hilbench.BenchException;
import org.hilbench.measure.Bytes;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.worker.GuardedWorker;

/** References of models that somebody else made, in a process with limits. */
public final class GuardedReference implements ReferenceRunner {
  private final GuardedWorker worker;

  public GuardedReference(GuardedWorker worker) {
    this.worker = worker;
  }

  @Override
  public ReferenceAnswers answers(TfliteModel model, List<Bytes> inputs) throws BenchException {
    byte[] answer = worker.run(ReferenceWire.request(model, inputs));
    return ReferenceWire.answers(model, inputs, answer);
  }
}
