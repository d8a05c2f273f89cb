package org.hilbench.data;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.hilbench.graph.Shape;

/**
 * A dataset of labelled uint8 images. The validation part is drawn from the training file with a
 * seed; the test part is the official one and is only given out by {@link #split} with {@link
 * Split#TEST}.
 */
public final class ImageDataset {
  private static final int VALIDATION_SHARE = 12;

  private final String name;
  private final int classes;
  private final DataReference reference;
  private final ImageSplit train;
  private final ImageSplit validation;
  private final ImageSplit test;

  ImageDataset(
      String name,
      int classes,
      DataReference reference,
      LabelledImages train,
      LabelledImages test) {
    this.name = name;
    this.classes = classes;
    this.reference = reference;
    int[] order = shuffled(train.count(), reference.splitSeed());
    int kept = train.count() - train.count() / VALIDATION_SHARE;
    this.train = train.select(java.util.Arrays.copyOfRange(order, 0, kept));
    this.validation = train.select(java.util.Arrays.copyOfRange(order, kept, order.length));
    this.test = test.select(java.util.stream.IntStream.range(0, test.count()).toArray());
  }

  private static int[] shuffled(int count, long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int other = random.nextInt(i + 1);
      order[i] = order[other];
      order[other] = i;
    }
    return order;
  }

  public String name() {
    return name;
  }

  public Shape shape() {
    return train.shape();
  }

  public int classes() {
    return classes;
  }

  /** Hex SHA-256 over all pixels, labels and the seed of the split: part of every stage key. */
  public String contentHash() {
    return reference.contentHash();
  }

  /** How another process finds this dataset. */
  public DataReference reference() {
    return reference;
  }

  public ImageSplit split(Split which) {
    return switch (which) {
      case TRAIN -> train;
      case VALIDATION -> validation;
      case TEST -> test;
    };
  }

  /** All images of one pair of files. */
  @SuppressWarnings("ArrayRecordComponent") // never compared, shared without copying
  record LabelledImages(Shape shape, byte[] pixels, byte[] labels) {
    int count() {
      return labels.length;
    }

    ImageSplit select(int[] members) {
      return new ImageSplit(shape, pixels, labels, members);
    }
  }
}
