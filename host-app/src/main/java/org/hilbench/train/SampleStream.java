package org.hilbench.train;

import java.util.random.RandomGenerator;
import org.hilbench.data.Examples;
import org.hilbench.graph.Shape;

/**
 * An endless, seeded stream of training images: shuffled anew each time all were given, mirrored
 * and shifted as the recipe says.
 */
final class SampleStream {
  private final Examples images;
  private final TrainingRecipe recipe;
  private final RandomGenerator random;
  private final int[] order;
  private final byte[] original;
  private int next;

  SampleStream(Examples images, TrainingRecipe recipe, RandomGenerator random) {
    this.images = images;
    this.recipe = recipe;
    this.random = random;
    order = java.util.stream.IntStream.range(0, images.size()).toArray();
    original = new byte[Math.toIntExact(images.shape().elements())];
    next = order.length;
  }

  /** Fills pixels (uint8, NHWC) and labels with the next {@code labels.length} images. */
  void fill(byte[] pixels, long[] labels) {
    for (int i = 0; i < labels.length; i++) {
      int image = nextImage();
      labels[i] = images.label(image);
      images.copyPixels(image, original, 0);
      augment(pixels, i * original.length);
    }
  }

  private int nextImage() {
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

  private void augment(byte[] target, int offset) {
    boolean mirrored = recipe.flip() && random.nextBoolean();
    int shift = recipe.shift();
    int down = shift == 0 ? 0 : random.nextInt(-shift, shift + 1);
    int right = shift == 0 ? 0 : random.nextInt(-shift, shift + 1);
    if (!mirrored && down == 0 && right == 0) {
      System.arraycopy(original, 0, target, offset, original.length);
      return;
    }
    Shape shape = images.shape();
    for (int row = 0; row < shape.height(); row++) {
      for (int column = 0; column < shape.width(); column++) {
        int fromRow = row - down;
        int fromColumn = (mirrored ? shape.width() - 1 - column : column) - right;
        int to = offset + (row * shape.width() + column) * shape.channels();
        boolean inside =
            fromRow >= 0
                && fromRow < shape.height()
                && fromColumn >= 0
                && fromColumn < shape.width();
        int from = (fromRow * shape.width() + fromColumn) * shape.channels();
        for (int channel = 0; channel < shape.channels(); channel++) {
          target[to + channel] = inside ? original[from + channel] : 0;
        }
      }
    }
  }
}
