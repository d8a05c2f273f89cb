package org.hilbench.trial;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.hilbench.BenchException;
import org.hilbench.Sha256;
import org.hilbench.Stage;
import org.hilbench.data.Dataset;
import org.hilbench.data.FashionMnist;
import org.hilbench.data.Split;
import org.hilbench.data.SyntheticImages;
import org.hilbench.evaluate.EvaluationTask;
import org.hilbench.evaluate.Evaluator;
import org.hilbench.evaluate.Int8Accuracy;
import org.hilbench.graph.ActivationRanges;
import org.hilbench.graph.ActivationRanges.Range;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Tensor;
import org.hilbench.measure.JobQueue;
import org.hilbench.measure.Loading;
import org.hilbench.measure.SampleFacts;
import org.hilbench.oracle.RandomNetworks;
import org.hilbench.quantity.TargetId;
import org.hilbench.quantize.Observations;
import org.hilbench.train.Observer;
import org.hilbench.train.TrainedModel;
import org.hilbench.train.Trainer;
import org.hilbench.train.TrainingRecipe;
import org.hilbench.verify.InProcessReference;
import org.hilbench.worker.Pending;

/**
 * The real pipeline between a trainer that draws weights and benches that follow a script: for what
 * comes before and after the moment of belief, which training has no part in.
 */
public final class ScriptedStages {
  /** Images of an evaluation that never takes place. */
  private static final int IMAGES = 100_000;

  public static final double FLOAT_ACCURACY = 0.875;

  private final Dataset dataset;
  private final List<EvaluationTask> evaluations = Collections.synchronizedList(new ArrayList<>());

  /** Writes a few images there. */
  public ScriptedStages(Path folder) throws BenchException, java.io.IOException {
    dataset =
        new FashionMnist().load(SyntheticImages.write(Files.createDirectories(folder), 60, 20));
  }

  public Dataset dataset() {
    return dataset;
  }

  /** Weights drawn by the network's hash; ranges alike for all tensors. */
  public Trainer trainer() {
    return (task, progress) -> {
      Graph graph = task.graph();
      Map<Integer, Range> ranges = new TreeMap<>();
      for (Tensor tensor : graph.tensors()) {
        ranges.put(tensor.id(), new Range(-2, 2));
      }
      SplittableRandom random = new SplittableRandom(task.architectureHash().hashCode());
      return Pending.of(
          Stage.TRAIN,
          new TrainedModel(
              RandomNetworks.weights(graph, random),
              new ActivationRanges(ranges),
              FLOAT_ACCURACY,
              0.5,
              task.recipe().samples(),
              Duration.ZERO));
    };
  }

  /** What it was asked so far. */
  public List<EvaluationTask> evaluations() {
    return List.copyOf(evaluations);
  }

  /** Says {@link #accuracy}. */
  public Evaluator evaluator() {
    return (task, progress) -> {
      evaluations.add(task);
      int correct = (int) Math.round(accuracy(task.model(), task.split()) * IMAGES);
      return Pending.of(Stage.EVALUATE, new Int8Accuracy(task.split(), correct, IMAGES));
    };
  }

  /** An accuracy drawn by model and split, between a half and one. */
  public static double accuracy(byte[] model, Split split) {
    int drawn = Integer.parseInt(Sha256.hex(model).substring(0, 4), 16);
    return Math.rint(50_000 + drawn * 0.7 + (split == Split.TEST ? 1 : 0)) / IMAGES;
  }

  /** Every value as often as any other, each channel about 0. */
  private static Observer observer() {
    return task -> {
      Map<Integer, Range> ranges = new TreeMap<>();
      Map<Integer, float[]> histograms = new TreeMap<>();
      Map<Integer, float[]> means = new TreeMap<>();
      float[] flat = new float[Observations.BINS];
      Arrays.fill(flat, 1);
      for (Tensor tensor : task.graph().tensors()) {
        ranges.put(tensor.id(), new Range(-2, 2));
        histograms.put(tensor.id(), flat);
        means.put(tensor.id(), new float[tensor.shape().channels()]);
      }
      return new Observations(new ActivationRanges(ranges), histograms, means);
    };
  }

  /** A plan for these targets. */
  public TrialPlan plan(List<String> targets, boolean precisionSearched) {
    TrainingRecipe recipe = new TrainingRecipe(640, 32, 1e-2, 0.1, 1e-2, 0);
    return new TrialPlan(
        dataset,
        targets.stream().map(TargetId::parse).toList(),
        "hilbench",
        Loading.LINKED,
        precisionSearched ? "mixed" : "int8",
        precisionSearched,
        1,
        recipe,
        recipe.withSamples(1280),
        SampleTrials.search(1, 1).get(0).provenance());
  }

  public TrialPipeline pipeline(TrialPlan plan, JobQueue queue, ArtifactSource kept) {
    return pipeline(plan, trainer(), queue, kept);
  }

  /** With another trainer. */
  public TrialPipeline pipeline(
      TrialPlan plan, Trainer trainer, JobQueue queue, ArtifactSource kept) {
    return new TrialPipeline(
        plan,
        trainer,
        observer(),
        evaluator(),
        new InProcessReference(),
        new MeasureStage(queue, new SampleFacts()),
        kept,
        InstantSource.system());
  }
}
