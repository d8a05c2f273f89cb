package org.hilbench.train;

import org.hilbench.data.LoadedData;
import org.hilbench.worker.Progress;
import org.hilbench.worker.WorkerHandler;

/** Trains inside a worker process. */
public final class TrainingHandler implements WorkerHandler {
  private final LoadedData data = new LoadedData();

  /** For the worker, which creates handlers by their class. */
  public TrainingHandler() {}

  @Override
  public byte[] handle(byte[] request, Progress progress) throws Exception {
    TrainingWire.Request training = TrainingWire.Request.decode(request);
    TrainingWire.Request.Head head = training.head();
    TorchEngine.load();
    TrainedModel model =
        new TorchTrainer(data.of(head.data()))
            .train(head.graph(), training.start(), head.recipe(), head.seed(), progress);
    return TrainingWire.encode(model, head.graph());
  }
}
