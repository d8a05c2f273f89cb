package org.hilbench.data;

import java.util.Locale;
import java.util.random.RandomGenerator;
import org.hilbench.graph.Shape;

/**
 * Images mirrored and moved.
 *
 * @param flip whether half of the images are mirrored left to right
 * @param shift images are moved by up to this many pixels each way, zeros moving in
 */
public record ImageAugmentation(boolean flip, int shift) implements Augmentation {
  public ImageAugmentation {
    if (shift < 0) {
      throw new IllegalArgumentException("shift " + shift + " is below 0");
    }
  }

  @Override
  public void apply(
      Shape shape, float[] example, float[] target, int offset, RandomGenerator random) {
    boolean mirrored = flip && random.nextBoolean();
    int down = shift == 0 ? 0 : random.nextInt(-shift, shift + 1);
    int right = shift == 0 ? 0 : random.nextInt(-shift, shift + 1);
    if (!mirrored && down == 0 && right == 0) {
      System.arraycopy(example, 0, target, offset, example.length);
      return;
    }
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
          target[to + channel] = inside ? example[from + channel] : 0;
        }
      }
    }
  }

  @Override
  public String canonical() {
    return String.format(Locale.ROOT, "flip=%b shift=%d", flip, shift);
  }
}
