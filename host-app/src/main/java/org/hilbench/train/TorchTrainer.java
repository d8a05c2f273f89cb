package org.hilbench.train;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.hilbench.BenchException;
import org.hilbench.BenchException.Kind;
import org.hilbench.Stage;
import org.hilbench.data.ImageDataset;
import org.hilbench.data.ImageSplit;
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
  private static final int STEPS_A_CALL = 20;
  private static final int EVALUATION_BATCH = 250;
  private static final int CALIBRATION_IMAGES = 1000;

  private final ImageDataset dataset;

  TorchTrainer(ImageDataset dataset) {
    this.dataset = dataset;
  }

  TrainedModel train(
      Graph graph, Weights start, TrainingRecipe recipe, long seed, Progress progress)
      throws BenchException {
    long begin = System.nanoTime();
    try (TorchNetwork network = new TorchNetwork(graph, start)) {
      double loss = runSteps(network, recipe, seed, progress);
      double accuracy = accuracy(network.scores(), dataset.split(Split.VALIDATION));
      ActivationRanges ranges = ranges(network.ranges(), graph, dataset.split(Split.TRAIN));
      return new TrainedModel(
          network.weights(),
          ranges,
          accuracy,
          loss,
          recipe.steps() * recipe.batchSize(),
          Duration.ofNanos(System.nanoTime() - begin));
    }
  }

  private double runSteps(TorchNetwork network, TrainingRecipe recipe, long seed, Progress progress)
      throws BenchException {
    SampleStream samples =
        new SampleStream(dataset.split(Split.TRAIN), recipe, Seeds.generator(seed));
    TorchNetwork.Steps steps = network.steps(recipe);
    Schedule schedule = Schedule.of(recipe);
    long tail = schedule.steps() - Math.max(1, schedule.steps() / 10);
    double sum = 0;
    for (long step = 0; step < schedule.steps(); ) {
      int count = (int) Math.min(STEPS_A_CALL, schedule.steps() - step);
      long[] labels = new long[count * recipe.batchSize()];
      byte[] pixels = new byte[Math.toIntExact(labels.length * dataset.shape().elements())];
      samples.fill(pixels, labels);
      for (float loss : steps.run(pixels, labels, schedule.rates(step, count))) {
        requireFinite(loss, step);
        sum += step++ >= tail ? loss : 0;
      }
      progress.at(step * recipe.batchSize(), schedule.steps() * recipe.batchSize());
    }
    return sum / (schedule.steps() - tail);
  }

  private static void requireFinite(float loss, long step) throws BenchException {
    if (!Float.isFinite(loss)) {
      throw new BenchException(
          Stage.TRAIN,
          Kind.TRIAL,
          "the loss is " + loss + " after step " + step + "; a lower peakLearningRate may help");
    }
  }

  private static double accuracy(TorchNetwork.Pass scores, ImageSplit images) {
    int correct = 0;
    for (int from = 0; from < images.size(); from += EVALUATION_BATCH) {
      int count = Math.min(EVALUATION_BATCH, images.size() - from);
      float[] rows = scores.of(pixels(images, from, count), count);
      for (int i = 0; i < count; i++) {
        correct += argmax(rows, i, rows.length / count) == images.label(from + i) ? 1 : 0;
      }
    }
    return (double) correct / images.size();
  }

  private static int argmax(float[] rows, int row, int classes) {
    int best = 0;
    for (int i = 1; i < classes; i++) {
      best = rows[row * classes + i] > rows[row * classes + best] ? i : best;
    }
    return best;
  }

  private static ActivationRanges ranges(TorchNetwork.Pass ranges, Graph graph, ImageSplit images) {
    Map<Integer, Range> widest = new TreeMap<>();
    int total = Math.min(CALIBRATION_IMAGES, images.size());
    for (int from = 0; from < total; from += EVALUATION_BATCH) {
      int count = Math.min(EVALUATION_BATCH, total - from);
      float[] rows = ranges.of(pixels(images, from, count), count);
      for (int tensor = 0; tensor < graph.tensors().size(); tensor++) {
        Range range = new Range(rows[2 * tensor], rows[2 * tensor + 1]);
        widest.merge(tensor, range, TorchTrainer::union);
      }
    }
    return new ActivationRanges(widest);
  }

  private static Range union(Range one, Range other) {
    return new Range(Math.min(one.min(), other.min()), Math.max(one.max(), other.max()));
  }

  private static byte[] pixels(ImageSplit images, int from, int count) {
    int bytes = Math.toIntExact(images.shape().elements());
    byte[] pixels = new byte[count * bytes];
    for (int i = 0; i < count; i++) {
      images.copyPixels(from + i, pixels, i * bytes);
    }
    return pixels;
  }
}
