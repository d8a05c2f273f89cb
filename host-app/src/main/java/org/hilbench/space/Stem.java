package org.hilbench.space;

import java.util.Locale;
import java.util.Objects;
import org.hilbench.graph.Activation;

/** The first convolution, from the image to {@code width} channels. */
public record Stem(int kernel, int width, int stride, Activation activation) {
  public Stem {
    Objects.requireNonNull(activation, "stem: activation is missing");
    Block.requireOdd("stem: kernel", kernel);
    Block.requirePositive("stem: width", width);
    Block.requirePositive("stem: stride", stride);
  }

  int lay(Layers layers, int tensor) {
    return layers.conv(tensor, width, kernel, stride, activation);
  }

  /** Such as {@code stem3 w16 s2}. */
  String summary() {
    return "stem"
        + kernel
        + " w"
        + width
        + (stride > 1 ? " s" + stride : "")
        + (activation == Activation.RELU ? "" : " " + activation.name().toLowerCase(Locale.ROOT));
  }
}
