package org.hilbench.data;

import java.util.Objects;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.graph.Shape;

/**
 * A data set of labelled examples, in memory. The test part is only given out by {@link #split}
 * with {@link Split#TEST}.
 */
public final class Dataset {
  private final DataReference reference;
  private final int classes;
  private final Examples train;
  private final Examples validation;
  private final Examples test;

  /**
   * Of parts with one shape and one encoding.
   *
   * @param reference how another process finds it
   * @param classes number of classes; labels go from 0 to one below
   * @throws BenchException (USAGE) if a part is empty or has a label that is no class
   */
  public Dataset(
      DataReference reference, int classes, Examples train, Examples validation, Examples test)
      throws BenchException {
    this.reference = Objects.requireNonNull(reference);
    this.classes = classes;
    this.train = train;
    this.validation = validation;
    this.test = test;
    for (Split which : Split.values()) {
      requireSound(which);
    }
  }

  private void requireSound(Split which) throws BenchException {
    Examples part = split(which);
    if (!part.shape().equals(shape()) || !part.encoding().equals(encoding())) {
      throw new IllegalArgumentException(
          which + " is " + part.shape() + ", " + part.encoding() + ", not as " + Split.TRAIN);
    }
    if (part.size() == 0) {
      throw refused(which, "is empty");
    }
    for (int i = 0; i < part.size(); i++) {
      if (part.label(i) < 0 || part.label(i) >= classes) {
        throw refused(which, "has a label " + part.label(i) + " of " + classes + " classes");
      }
    }
  }

  private BenchException refused(Split which, String why) {
    String message = reference.directory() + ": the " + which + " part " + why;
    return BenchException.usage(Stage.DATA, message);
  }

  /** Shape of one example. */
  public Shape shape() {
    return train.shape();
  }

  /** How the stored values stand for the real numbers that a network takes. */
  public Encoding encoding() {
    return train.encoding();
  }

  public int classes() {
    return classes;
  }

  /** Hex SHA-256 over all examples, labels and the split: part of every stage key. */
  public String contentHash() {
    return reference.contentHash();
  }

  /** How another process finds this data set. */
  public DataReference reference() {
    return reference;
  }

  /** How its examples are varied in training. */
  public Augmentation augmentation() {
    return reference.augmentation();
  }

  public Examples split(Split which) {
    return switch (which) {
      case TRAIN -> train;
      case VALIDATION -> validation;
      case TEST -> test;
    };
  }
}
