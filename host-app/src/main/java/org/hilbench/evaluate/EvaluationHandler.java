package org.hilbench.evaluate;

import org.hilbench.data.LoadedData;
import org.hilbench.evaluate.EvaluationWire.Request;
import org.hilbench.reference.HostInterpreter;
import org.hilbench.reference.Kernels;
import org.hilbench.worker.Progress;
import org.hilbench.worker.WorkerHandler;

/** Evaluates inside a worker process. */
public final class EvaluationHandler implements WorkerHandler {
  private final LoadedData data = new LoadedData();

  /** For the worker, which creates handlers by their class. */
  public EvaluationHandler() {}

  @Override
  public byte[] handle(byte[] request, Progress progress) throws Exception {
    Request evaluation = Request.decode(request);
    try (HostInterpreter model = HostInterpreter.open(evaluation.model(), Kernels.OPTIMIZED)) {
      return EvaluationWire.encode(
          Int8Evaluator.evaluate(
              model,
              data.of(evaluation.data()).split(evaluation.split()),
              evaluation.split(),
              evaluation.most(),
              progress));
    }
  }
}
