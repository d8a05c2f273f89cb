package org.hilbench.train;

import java.util.Map;
import org.hilbench.Stage;
import org.hilbench.folders.CacheFolder;
import org.hilbench.folders.OwnFolders;
import org.hilbench.graph.Weights;
import org.hilbench.train.TrainingWire.Request;
import org.hilbench.worker.Pending;
import org.hilbench.worker.Progress;
import org.hilbench.worker.WorkerOptions;
import org.hilbench.worker.WorkerPool;
import org.hilbench.worker.WorkerRequest;

/** Trains in the processes of a {@link WorkerPool}, one network in each at a time. */
public final class ProcessTrainer implements Trainer {
  /**
   * Settings of glibc's allocator: without them each large tensor is mapped anew, and page faults
   * take a third of the time. Other C libraries ignore them.
   */
  private static final Map<String, String> KEEP_FREED_MEMORY =
      Map.of(
          "MALLOC_MMAP_THRESHOLD_", "33554432",
          "MALLOC_TRIM_THRESHOLD_", "2000000000",
          "MALLOC_TOP_PAD_", "67108864");

  private final WorkerPool pool;

  public ProcessTrainer(WorkerPool pool) {
    this.pool = pool;
  }

  /**
   * Options of workers that can train: DJL without network or tracking, one torch thread each,
   * which gives the most samples a second and results that repeat bit for bit.
   */
  public static WorkerOptions workers(int count) {
    return WorkerOptions.of(count)
        .withProperties(
            Map.of(
                "ai.djl.offline", "true",
                "OPT_OUT_TRACKING", "true",
                "ai.djl.pytorch.num_threads", "1",
                "ai.djl.pytorch.num_interop_threads", "1"))
        .withEnvironment(
            Map.of(
                "OPT_OUT_TRACKING",
                "true",
                "OMP_NUM_THREADS",
                "1",
                "MKL_NUM_THREADS",
                "1",
                TorchEngine.CACHE_VARIABLE,
                OwnFolders.djl(CacheFolder.location()).toString()))
        .withEnvironment(KEEP_FREED_MEMORY);
  }

  @Override
  public Pending<TrainedModel> start(TrainingTask task, Progress progress) {
    String seed = Long.toString(task.seed());
    long weightSeed = NamedSeeds.of("weights", task.architectureHash(), seed);
    long orderSeed = NamedSeeds.of("order", task.architectureHash(), task.recipeKey(), seed);
    Weights start = task.weights().startingWeights(task.graph(), NamedSeeds.generator(weightSeed));
    Request request =
        new Request(new Request.Head(task.graph(), task.recipe(), task.data(), orderSeed), start);
    return pool.submit(
            new WorkerRequest(
                TrainingHandler.class,
                request.encode(),
                Stage.TRAIN,
                task.name() + ": training",
                task.deadline()),
            progress)
        .map(result -> TrainingWire.decode(result, task.graph()));
  }
}
