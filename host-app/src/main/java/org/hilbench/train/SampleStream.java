package org.hilbench.train;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.hilbench.data.Augmentation;
import org.hilbench.data.Examples;

/**
 * An endless, seeded stream of training examples: shuffled anew each time all were given, and
 * varied by the data set's augmentation.
 */
final class SampleStream {
  private final Examples examples;
  private final Augmentation augmentation;
  private final RandomGenerator random;
  private final int[] order;
  private final float[] original;
  private int next;

  SampleStream(Examples examples, Augmentation augmentation, RandomGenerator random) {
    this.examples = examples;
    this.augmentation = augmentation;
    this.random = random;
    order = IntStream.range(0, examples.size()).toArray();
    original = new float[Math.toIntExact(examples.shape().elements())];
    next = order.length;
  }

  /** Fills inputs (NHWC) and labels with the next {@code labels.length} examples. */
  void fill(float[] inputs, long[] labels) {
    for (int i = 0; i < labels.length; i++) {
      int example = nextExample();
      labels[i] = examples.label(example);
      examples.copyTo(example, original, 0);
      augmentation.apply(examples.shape(), original, inputs, i * original.length, random);
    }
  }

  private int nextExample() {
    if (next == order.length) {
      shuffle();
      next = 0;
    }
    return order[next++];
  }

  private void shuffle() {
    for (int i = order.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[other];
      order[other] = kept;
    }
  }
}
