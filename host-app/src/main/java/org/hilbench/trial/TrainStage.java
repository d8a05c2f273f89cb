package org.hilbench.trial;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hilbench.BenchException;
import org.hilbench.graph.DataType;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Op;
import org.hilbench.space.Architecture;
import org.hilbench.train.ParentWeights;
import org.hilbench.train.Trainer;
import org.hilbench.train.TrainingTask;
import org.hilbench.worker.Progress;

/**
 * Trains a candidate in floating point, which its precision has no part in, so that networks that
 * differ in it alone share one training; then, where some weights have 4 bits, on as integers.
 */
final class TrainStage {
  private static final Duration DEADLINE = Duration.ofHours(1);

  private final TrialPlan plan;
  private final Trainer trainer;
  private final ArtifactSource kept;

  TrainStage(TrialPlan plan, Trainer trainer, ArtifactSource kept) {
    this.plan = plan;
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
  record Result(
      StageKey floatKey,
      Training floats,
      StageKey key,
      Training weights,
      List<Artifact> artifacts) {
    double floatAccuracy() {
      return floats.summary().floatAccuracy();
    }

    /** Whether the weights were trained on as integers. */
    boolean tuned() {
      return !key.equals(floatKey);
    }
  }

  /** Trains, or finds what an earlier trial trained. */
  Result train(Candidate candidate, Graph graph, Progress progress) throws BenchException {
    Architecture network = candidate.architecture().inInt8();
    TrainingTask task =
        new TrainingTask(
            candidate.name(),
            plan.graph(network),
            network.canonicalHash(),
            plan.recipe(candidate.fidelity()),
            candidate.weights(),
            plan.dataset().reference(),
            plan.seed(),
            DEADLINE);
    StageKey key = key(task);
    Training trained = run(task, key, Training.Names.FLOAT, progress);
    List<Artifact> artifacts = new ArrayList<>(trained.artifacts(graph, key, Training.Names.FLOAT));
    if (!fourBits(graph)) {
      return new Result(key, trained, key, trained, artifacts);
    }
    TrainingTask tuning = tuning(candidate, graph, key, trained);
    StageKey tuned = key(tuning);
    Training weights = run(tuning, tuned, Training.Names.TUNED, Progress.NONE);
    artifacts.addAll(weights.artifacts(graph, tuned, Training.Names.TUNED));
    return new Result(key, trained, tuned, weights, artifacts);
  }

  private static boolean fourBits(Graph graph) {
    return graph.nodes().stream()
        .anyMatch(
            node ->
                node.op() instanceof Op.Convolution convolution
                    && convolution.weightType() == DataType.INT4);
  }

  private TrainingTask tuning(Candidate candidate, Graph graph, StageKey from, Training trained) {
    return new TrainingTask(
        candidate.name() + " (as integers)",
        graph,
        candidate.architecture().canonicalHash(),
        plan.recipe(candidate.fidelity()).tuning(),
        new ParentWeights(from.hash(), trained.file().weights()),
        plan.dataset().reference(),
        plan.seed(),
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
