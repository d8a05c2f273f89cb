package org.hilbench.train;

import org.hilbench.data.DataReference;
import org.hilbench.data.ImageDataset;
import org.hilbench.worker.Progress;
import org.hilbench.worker.WorkerHandler;
import org.jspecify.annotations.Nullable;

/** Trains inside a worker process; keeps the dataset of its last task loaded. */
public final class TrainingHandler implements WorkerHandler {
  private @Nullable DataReference loaded;
  private @Nullable ImageDataset dataset;

  /** For the worker, which creates handlers by their class. */
  public TrainingHandler() {}

  @Override
  public byte[] handle(byte[] request, Progress progress) throws Exception {
    TrainingWire.Request training = TrainingWire.Request.decode(request);
    TrainingWire.Request.Head head = training.head();
    TrainedModel model =
        new TorchTrainer(dataset(head.data()))
            .train(head.graph(), training.start(), head.recipe(), head.seed(), progress);
    return TrainingWire.encode(model, head.graph());
  }

  private ImageDataset dataset(DataReference wanted) throws Exception {
    ImageDataset current = dataset;
    if (current == null || !wanted.equals(loaded)) {
      current = wanted.open();
      dataset = current;
      loaded = wanted;
    }
    return current;
  }
}
