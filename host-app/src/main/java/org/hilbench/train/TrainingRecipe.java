package org.hilbench.train;

import java.util.Locale;
import org.hilbench.data.Augmentation;

/**
 * How long and how a network is trained. The budget is a count of samples, never wall time, so that
 * a result does not depend on the machine's load.
 *
 * <p>AdamW (Loshchilov and Hutter 2019) under a one-cycle schedule: the learning rate rises
 * linearly over the first {@code warmup} share of the steps and falls along a cosine to zero.
 *
 * @param samples examples seen, repeats counted
 * @param batchSize examples a step
 * @param peakLearningRate highest learning rate of the cycle
 * @param warmup share of the steps in which the learning rate rises, in [0, 1)
 * @param weightDecay decoupled decay of the kernels; biases and batch norm do not decay
 * @param labelSmoothing share of the target that is spread over all classes
 * @param quantizationAware whether the network is trained as its integers will compute it, from
 *     float weights; else the types in its graph mean nothing to training
 */
public record TrainingRecipe(
    long samples,
    int batchSize,
    double peakLearningRate,
    double warmup,
    double weightDecay,
    double labelSmoothing,
    boolean quantizationAware) {
  public TrainingRecipe {
    require(samples >= batchSize, "samples", samples, "at least one batch");
    require(batchSize >= 1, "batchSize", batchSize, "at least 1");
    require(peakLearningRate > 0, "peakLearningRate", peakLearningRate, "above 0");
    require(warmup >= 0 && warmup < 1, "warmup", warmup, "in [0, 1)");
    require(weightDecay >= 0, "weightDecay", weightDecay, "at least 0");
    require(
        labelSmoothing >= 0 && labelSmoothing < 1, "labelSmoothing", labelSmoothing, "in [0, 1)");
  }

  /** In floating point. */
  public TrainingRecipe(
      long samples,
      int batchSize,
      double peakLearningRate,
      double warmup,
      double weightDecay,
      double labelSmoothing) {
    this(samples, batchSize, peakLearningRate, warmup, weightDecay, labelSmoothing, false);
  }

  private static void require(boolean holds, String what, Object value, String wanted) {
    if (!holds) {
      throw new IllegalArgumentException("recipe: " + what + " " + value + " is not " + wanted);
    }
  }

  /** Budget of a candidate during a search: at most about 15 s on one core. */
  public static TrainingRecipe search() {
    return new TrainingRecipe(32_768, 32, 2e-2, 0.1, 1e-2, 0);
  }

  /** Budget of the networks that a search recommends, trained on from the search's weights. */
  public static TrainingRecipe finalBudget() {
    return new TrainingRecipe(122_880, 32, 1e-2, 0.1, 1e-2, 0);
  }

  public TrainingRecipe withSamples(long newSamples) {
    return new TrainingRecipe(
        newSamples,
        batchSize,
        peakLearningRate,
        warmup,
        weightDecay,
        labelSmoothing,
        quantizationAware);
  }

  /**
   * Training on after this recipe as integers: a quarter of the examples, a tenth of the learning
   * rate.
   */
  public TrainingRecipe tuning() {
    return new TrainingRecipe(
        Math.max(batchSize, samples / 4),
        batchSize,
        peakLearningRate / 10,
        0.1,
        weightDecay,
        labelSmoothing,
        true);
  }

  public long steps() {
    return samples / batchSize;
  }

  /**
   * One line that is equal exactly when the recipe and the augmentation are: part of the key of
   * trained weights.
   */
  public String canonical(Augmentation augmentation) {
    return String.format(
            Locale.ROOT,
            "adamw1 samples=%d batch=%d lr=%s warmup=%s decay=%s smoothing=%s %s",
            samples,
            batchSize,
            peakLearningRate,
            warmup,
            weightDecay,
            labelSmoothing,
            augmentation.canonical())
        + (quantizationAware ? " qat2" : "");
  }
}
