package org.hilbench.trial;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hilbench.BenchException;
import org.hilbench.data.Dataset;
import org.hilbench.graph.DataType;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Op;
import org.hilbench.space.Architecture;
import org.hilbench.train.ParentWeights;
import org.hilbench.train.Trainer;
import org.hilbench.train.TrainingRecipe;
import org.hilbench.train.TrainingTask;
import org.hilbench.train.WeightSource;
import org.hilbench.worker.Progress;

/**
 * Trains a candidate in floating point, which its precision has no part in, so that networks that
 * differ in it alone share one training; then, where some weights have 4 bits, on as integers.
 */
public final class TrainStage {
  private static final Duration DEADLINE = Duration.ofHours(1);

  private final Dataset dataset;
  private final long seed;
  private final Trainer trainer;
  private final ArtifactSource kept;

  /**
   * @param seed of every training
   * @param kept where trainings that were paid for are found
   */
  public TrainStage(Dataset dataset, long seed, Trainer trainer, ArtifactSource kept) {
    this.dataset = dataset;
    this.seed = seed;
    this.trainer = trainer;
    this.kept = kept;
  }

  /**
   * What was trained.
   *
   * @param floatKey of the float network's weights
   * @param floats the float network, which precision has no part in
   * @param key of the weights to quantize
   * @param weights to quantize: the float network's, or those trained on as integers
   */
  public record Result(
      StageKey floatKey,
      Training floats,
      StageKey key,
      Training weights,
      List<Artifact> artifacts) {
    public Result {
      artifacts = List.copyOf(artifacts);
    }

    public double floatAccuracy() {
      return floats.summary().floatAccuracy();
    }

    /** Whether the weights were trained on as integers. */
    public boolean tuned() {
      return !key.equals(floatKey);
    }
  }

  /**
   * What is trained.
   *
   * @param name for logs and messages
   * @param from where the training starts
   */
  public record Order(
      String name, Architecture architecture, TrainingRecipe recipe, WeightSource from) {}

  /** Trains, or finds what an earlier trial trained. */
  public Result train(Order order, Progress progress) throws BenchException {
    Architecture network = order.architecture().inInt8();
    Graph graph = graph(order.architecture());
    TrainingTask task =
        new TrainingTask(
            order.name(),
            graph(network),
            network.canonicalHash(),
            order.recipe(),
            order.from(),
            dataset.reference(),
            seed,
            DEADLINE);
    StageKey key = key(task);
    Training trained = run(task, key, Training.Names.FLOAT, progress);
    List<Artifact> artifacts = new ArrayList<>(trained.artifacts(graph, key, Training.Names.FLOAT));
    if (!fourBits(graph)) {
      return new Result(key, trained, key, trained, artifacts);
    }
    TrainingTask tuning = tuning(order, graph, key, trained);
    StageKey tuned = key(tuning);
    Training weights = run(tuning, tuned, Training.Names.TUNED, Progress.NONE);
    artifacts.addAll(weights.artifacts(graph, tuned, Training.Names.TUNED));
    return new Result(key, trained, tuned, weights, artifacts);
  }

  private Graph graph(Architecture architecture) {
    return architecture.toGraph(dataset.shape(), dataset.classes());
  }

  private static boolean fourBits(Graph graph) {
    return graph.nodes().stream()
        .anyMatch(
            node ->
                node.op() instanceof Op.Convolution convolution
                    && convolution.weightType() == DataType.INT4);
  }

  private TrainingTask tuning(Order order, Graph graph, StageKey from, Training trained) {
    return new TrainingTask(
        order.name() + " (as integers)",
        graph,
        order.architecture().canonicalHash(),
        order.recipe().tuning(),
        new ParentWeights(from.hash(), trained.file().weights()),
        dataset.reference(),
        seed,
        DEADLINE);
  }

  private static StageKey key(TrainingTask task) {
    return StageKey.train(
        task.architectureHash(), task.recipeKey(), task.data().contentHash(), task.seed());
  }

  private Training run(TrainingTask task, StageKey key, Training.Names names, Progress progress)
      throws BenchException {
    Optional<Training> paidFor = Training.find(kept, key, names, task.graph());
    return paidFor.isPresent() ? paidFor.get() : Training.of(trainer.start(task, progress).await());
  }
}
