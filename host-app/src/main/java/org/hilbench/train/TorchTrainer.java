package org.hilbench.train;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.hilbench.BenchException;
import org.hilbench.BenchException.Kind;
import org.hilbench.Stage;
import org.hilbench.data.Dataset;
import org.hilbench.data.Examples;
import org.hilbench.data.Split;
import org.hilbench.graph.ActivationRanges;
import org.hilbench.graph.ActivationRanges.Range;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Weights;
import org.hilbench.worker.Progress;

/**
 * Trains one network in this process and this thread. With one torch thread the result is the same
 * bit for bit whenever it is repeated on one kind of processor.
 */
final class TorchTrainer {
  private static final int MOST_STEPS_A_CALL = 20;

  /** What the examples of one call may take: large ones are handed over in fewer steps. */
  private static final long MOST_BYTES_A_CALL = 64L << 20;

  static final int EVALUATION_BATCH = 250;
  static final int CALIBRATION_EXAMPLES = 1000;

  private final Dataset dataset;

  TorchTrainer(Dataset dataset) {
    this.dataset = dataset;
  }

  TrainedModel train(
      Graph graph, Weights start, TrainingRecipe recipe, long seed, Progress progress)
      throws BenchException {
    long begin = System.nanoTime();
    if (recipe.quantizationAware()) {
      return tune(graph, start, recipe, seed, progress, begin);
    }
    try (TorchNetwork network = new TorchNetwork(graph, start, false)) {
      TorchNetwork.Steps steps = network.steps(recipe);
      double loss = runSteps(step -> steps, recipe, seed, progress);
      double accuracy = accuracy(network.scores(), dataset.split(Split.VALIDATION));
      ActivationRanges ranges =
          ranges(network.ranges(), graph, dataset.split(Split.TRAIN), CALIBRATION_EXAMPLES);
      return new TrainedModel(
          network.weights(),
          ranges,
          accuracy,
          loss,
          recipe.steps() * recipe.batchSize(),
          Duration.ofNanos(System.nanoTime() - begin));
    }
  }

  /**
   * Trains under rounding. The steps of the weights follow the weights throughout; the ranges of
   * the activations follow them for the first half, then stay, as do batch norm's statistics.
   */
  private TrainedModel tune(
      Graph graph, Weights start, TrainingRecipe recipe, long seed, Progress progress, long begin)
      throws BenchException {
    try (TorchNetwork network = new TorchNetwork(graph, start, true)) {
      RoundedBlocks blocks = new RoundedBlocks(network, graph, recipe, floatRanges(graph, start));
      double loss = runSteps(blocks, recipe, seed, progress);
      blocks.round();
      return new TrainedModel(
          network.weights(),
          blocks.ranges,
          accuracy(network.scores(), dataset.split(Split.VALIDATION)),
          loss,
          recipe.steps() * recipe.batchSize(),
          Duration.ofNanos(System.nanoTime() - begin));
    }
  }

  private final class RoundedBlocks implements Blocks {
    private final TorchNetwork network;
    private final Graph graph;
    private final long settling;
    private final TorchNetwork.Pass observed;
    private final TorchNetwork.Steps live;
    private final TorchNetwork.Steps frozen;
    private ActivationRanges ranges;
    private boolean settled;

    RoundedBlocks(TorchNetwork network, Graph graph, TrainingRecipe recipe, ActivationRanges ranges)
        throws BenchException {
      this.network = network;
      this.graph = graph;
      this.ranges = ranges;
      round();
      settling = recipe.steps() / 2;
      observed = network.ranges();
      live = network.steps(recipe);
      frozen = network.frozen(recipe, live);
    }

    @Override
    public TorchNetwork.Steps from(long step) throws BenchException {
      if (!settled) {
        settled = step >= settling;
        int examples = settled ? CALIBRATION_EXAMPLES : EVALUATION_BATCH;
        ranges = TorchTrainer.ranges(observed, graph, dataset.split(Split.TRAIN), examples);
      }
      round();
      return settled ? frozen : live;
    }

    /** From now on with the ranges of the moment, and all that the input's encoding can hold. */
    void round() throws BenchException {
      network.round(ranges.including(graph.input(), dataset.encoding().leastRange()));
    }
  }

  private ActivationRanges floatRanges(Graph graph, Weights start) {
    try (TorchNetwork network = new TorchNetwork(graph, start, false)) {
      return ranges(network.ranges(), graph, dataset.split(Split.TRAIN), CALIBRATION_EXAMPLES);
    }
  }

  /** The program for the steps from this one on. */
  private interface Blocks {
    TorchNetwork.Steps from(long step) throws BenchException;
  }

  private double runSteps(Blocks blocks, TrainingRecipe recipe, long seed, Progress progress)
      throws BenchException {
    SampleStream samples =
        new SampleStream(
            dataset.split(Split.TRAIN), dataset.augmentation(), NamedSeeds.generator(seed));
    Schedule schedule = Schedule.of(recipe);
    long tail = schedule.steps() - Math.max(1, schedule.steps() / 10);
    double sum = 0;
    for (long step = 0; step < schedule.steps(); ) {
      int count = (int) Math.min(stepsACall(recipe.batchSize()), schedule.steps() - step);
      long[] labels = new long[count * recipe.batchSize()];
      float[] inputs = new float[Math.toIntExact(labels.length * dataset.shape().elements())];
      samples.fill(inputs, labels);
      TorchNetwork.Steps steps = blocks.from(step);
      for (float loss : steps.run(inputs, labels, schedule.rates(step, count))) {
        requireFinite(loss, step);
        sum += step++ >= tail ? loss : 0;
      }
      progress.at(step * recipe.batchSize(), schedule.steps() * recipe.batchSize());
    }
    return sum / (schedule.steps() - tail);
  }

  private long stepsACall(int batch) {
    long bytes = (long) Float.BYTES * batch * dataset.shape().elements();
    return Math.max(1, Math.min(MOST_STEPS_A_CALL, MOST_BYTES_A_CALL / bytes));
  }

  private static void requireFinite(float loss, long step) throws BenchException {
    if (!Float.isFinite(loss)) {
      throw new BenchException(
          Stage.TRAIN,
          Kind.TRIAL,
          "the loss is " + loss + " after step " + step + "; a lower peakLearningRate may help");
    }
  }

  private static double accuracy(TorchNetwork.Pass scores, Examples examples) {
    int correct = 0;
    for (int from = 0; from < examples.size(); from += EVALUATION_BATCH) {
      int count = Math.min(EVALUATION_BATCH, examples.size() - from);
      float[] rows = scores.of(inputs(examples, from, count), count);
      for (int i = 0; i < count; i++) {
        correct += argmax(rows, i, rows.length / count) == examples.label(from + i) ? 1 : 0;
      }
    }
    return (double) correct / examples.size();
  }

  private static int argmax(float[] rows, int row, int classes) {
    int best = 0;
    for (int i = 1; i < classes; i++) {
      best = rows[row * classes + i] > rows[row * classes + best] ? i : best;
    }
    return best;
  }

  static ActivationRanges ranges(
      TorchNetwork.Pass ranges, Graph graph, Examples examples, int most) {
    Map<Integer, Range> widest = new TreeMap<>();
    int total = Math.min(most, examples.size());
    for (int from = 0; from < total; from += EVALUATION_BATCH) {
      int count = Math.min(EVALUATION_BATCH, total - from);
      float[] rows = ranges.of(inputs(examples, from, count), count);
      for (int tensor = 0; tensor < graph.tensors().size(); tensor++) {
        Range range = new Range(rows[2 * tensor], rows[2 * tensor + 1]);
        widest.merge(tensor, range, Range::union);
      }
    }
    return new ActivationRanges(widest);
  }

  /** Some examples, one after the other, NHWC. */
  static float[] inputs(Examples examples, int from, int count) {
    int elements = Math.toIntExact(examples.shape().elements());
    float[] inputs = new float[count * elements];
    for (int i = 0; i < count; i++) {
      examples.copyTo(from + i, inputs, i * elements);
    }
    return inputs;
  }
}
