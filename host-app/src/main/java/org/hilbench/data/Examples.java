package org.hilbench.data;

import java.util.stream.IntStream;
import org.hilbench.graph.Shape;

/**
 * A part of a data set: encoded examples (NHWC) with a label each, in a fixed order.
 *
 * <p>Immutable; the stored values are shared with the other parts.
 */
public final class Examples {
  private final Shape shape;
  private final Encoding encoding;
  private final byte[] stored;
  private final int[] labels;
  private final int[] members;

  /**
   * All that is stored, in that order.
   *
   * @param shape of one example
   * @param stored values of all examples, one after the other; not copied
   * @param labels class of each example, from 0; not copied
   */
  public Examples(Shape shape, Encoding encoding, byte[] stored, int[] labels) {
    this(shape, encoding, stored, labels, IntStream.range(0, labels.length).toArray());
    long wanted = labels.length * shape.elements() * encoding.bytes();
    if (stored.length != wanted) {
      throw new IllegalArgumentException(
          labels.length
              + " examples of "
              + shape
              + " take "
              + wanted
              + " bytes, not "
              + stored.length);
    }
  }

  private Examples(Shape shape, Encoding encoding, byte[] stored, int[] labels, int[] members) {
    this.shape = shape;
    this.encoding = encoding;
    this.stored = stored;
    this.labels = labels;
    this.members = members;
  }

  /** Some of these examples, in this order. */
  public Examples select(int... indices) {
    int[] selected = IntStream.of(indices).map(index -> members[index]).toArray();
    return new Examples(shape, encoding, stored, labels, selected);
  }

  public int size() {
    return members.length;
  }

  /** Shape of one example. */
  public Shape shape() {
    return shape;
  }

  /** How the stored values stand for real numbers. */
  public Encoding encoding() {
    return encoding;
  }

  /** Class of example {@code index}, from 0. */
  public int label(int index) {
    return labels[members[index]];
  }

  /** Writes the real numbers (HWC) of example {@code index} to {@code target} from offset on. */
  public void copyTo(int index, float[] target, int offset) {
    int count = Math.toIntExact(shape.elements());
    encoding.decode(stored, members[index] * count, count, target, offset);
  }
}
