package org.hilbench.verify;

import java.util.List;
import org.hilbench.BenchException;
import org.hilbench.measure.Bytes;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.worker.GuardedWorker;

/** References of models that somebody else made, in a process with limits. */
public final class GuardedReference implements ReferenceRunner {
  private final GuardedWorker worker;
  private final boolean bothRules;

  /** For kernels that round FULLY_CONNECTED twice, as TensorFlow Lite Micro's and hilbench's. */
  public GuardedReference(GuardedWorker worker) {
    this(worker, false);
  }

  /**
   * @param bothRules whether the kernels' rule for FULLY_CONNECTED is not known: answers are given
   *     by either
   */
  public GuardedReference(GuardedWorker worker, boolean bothRules) {
    this.worker = worker;
    this.bothRules = bothRules;
  }

  @Override
  public ReferenceAnswers answers(TfliteModel model, List<Bytes> inputs) throws BenchException {
    byte[] answer = worker.run(ReferenceWire.request(model, inputs, bothRules));
    return ReferenceWire.answers(model, inputs, answer);
  }
}
