package org.hilbench.graph;

/** Shape of one feature map without its batch: height, width, channels (NHWC order). */
public record Shape(int height, int width, int channels) {
  public Shape {
    if (height < 1 || width < 1 || channels < 1) {
      throw new IllegalArgumentException(
          "shape " + height + "x" + width + "x" + channels + " has a side below 1");
    }
  }

  public long elements() {
    return (long) height * width * channels;
  }

  @Override
  public String toString() {
    return height + "x" + width + "x" + channels;
  }
}
