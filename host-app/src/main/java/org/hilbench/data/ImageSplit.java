package org.hilbench.data;

import org.hilbench.graph.Shape;

/**
 * A part of a dataset: uint8 NHWC pixels with a label each, in a fixed order.
 *
 * <p>Networks take pixels scaled to [0, 1], without mean subtraction. Immutable; the pixels are
 * shared with the other parts.
 */
public final class ImageSplit {
  private final Shape shape;
  private final byte[] pixels;
  private final byte[] labels;
  private final int[] members;

  /** The images {@code members} of all {@code pixels} and {@code labels}, in that order. */
  ImageSplit(Shape shape, byte[] pixels, byte[] labels, int[] members) {
    this.shape = shape;
    this.pixels = pixels;
    this.labels = labels;
    this.members = members;
  }

  public int size() {
    return members.length;
  }

  /** Shape of one image. */
  public Shape shape() {
    return shape;
  }

  /** Class of image {@code index}, from 0. */
  public int label(int index) {
    return labels[members[index]];
  }

  /** Copies the uint8 pixels (HWC) of image {@code index} to {@code target} from {@code offset}. */
  public void copyPixels(int index, byte[] target, int offset) {
    int bytes = Math.toIntExact(shape.elements());
    System.arraycopy(pixels, members[index] * bytes, target, offset, bytes);
  }

  /** Writes the pixels (HWC) of image {@code index}, scaled to [0, 1], from {@code offset} on. */
  public void copyScaled(int index, float[] target, int offset) {
    int bytes = Math.toIntExact(shape.elements());
    int start = members[index] * bytes;
    for (int i = 0; i < bytes; i++) {
      target[offset + i] = (pixels[start + i] & 0xff) * (1f / 255f);
    }
  }
}
