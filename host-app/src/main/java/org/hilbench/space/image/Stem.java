package org.hilbench.space.image;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Locale;
import java.util.Objects;
import org.hilbench.graph.Activation;
import org.hilbench.graph.QuantPolicy;

/**
 * The first convolution, from the image to {@code width} channels.
 *
 * @param quant its precision; absent in JSON where it is int8
 */
public record Stem(
    int kernel,
    int width,
    int stride,
    Activation activation,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) QuantPolicy quant) {
  public Stem {
    quant = Objects.requireNonNullElse(quant, QuantPolicy.INT8);
    Objects.requireNonNull(activation, "stem: activation is missing");
    Block.requireOdd("stem: kernel", kernel);
    Block.requirePositive("stem: width", width);
    Block.requirePositive("stem: stride", stride);
  }

  /** In int8. */
  public Stem(int kernel, int width, int stride, Activation activation) {
    this(kernel, width, stride, activation, QuantPolicy.INT8);
  }

  Stem withQuant(QuantPolicy newQuant) {
    return new Stem(kernel, width, stride, activation, newQuant);
  }

  int lay(BlockLayers layers, int tensor) {
    return layers.conv("stem", tensor, width, kernel, stride, activation);
  }

  /** Such as {@code stem3 w16 s2}. */
  String summary() {
    return "stem"
        + kernel
        + " w"
        + width
        + (stride > 1 ? " s" + stride : "")
        + (activation == Activation.RELU ? "" : " " + activation.name().toLowerCase(Locale.ROOT))
        + (quant.layers().isEmpty() ? "" : " " + quant.summary());
  }
}
