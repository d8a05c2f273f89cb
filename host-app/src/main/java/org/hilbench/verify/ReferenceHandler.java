package org.hilbench.verify;

import java.util.ArrayList;
import java.util.List;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.measure.Bytes;
import org.hilbench.reference.HostInterpreter;
import org.hilbench.reference.Kernels;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.worker.Progress;
import org.hilbench.worker.WorkerHandler;

/** Runs a model by the reference kernels, inside a worker process. */
public final class ReferenceHandler implements WorkerHandler {
  /** For the worker, which creates handlers by their class. */
  public ReferenceHandler() {}

  @Override
  public byte[] handle(byte[] request, Progress progress) throws Exception {
    ReferenceWire.Request asked = ReferenceWire.Request.decode(request);
    try {
      TfliteModel model = TfliteModel.parse(asked.model());
      boolean both = asked.bothRules() && ReferenceAnswers.hasFullyConnected(model);
      return ReferenceWire.encode(
          new ReferenceAnswers(
              model,
              Expectation.logits(model),
              answers(asked.model(), asked.inputs(), Kernels.REFERENCE),
              both ? answers(asked.model(), asked.inputs(), Kernels.ROUNDING_ONCE) : List.of()));
    } catch (RuntimeException | OutOfMemoryError e) {
      throw BenchException.usage(Stage.VERIFY, "TensorFlow Lite cannot run this model: " + e, e);
    }
  }

  private static List<Expectation> answers(byte[] file, List<Bytes> inputs, Kernels kernels)
      throws BenchException {
    try (HostInterpreter host = HostInterpreter.open(file, kernels)) {
      List<Integer> logits = Expectation.logits(host.model());
      List<Expectation> answers = new ArrayList<>();
      for (Bytes input : inputs) {
        host.invoke(input.toArray());
        answers.add(Expectation.of(host.model(), input, logits, host::tensor));
      }
      return answers;
    }
  }
}
