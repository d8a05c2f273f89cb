package org.hilbench.space.image;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;
import org.hilbench.graph.Activation;
import org.hilbench.graph.QuantPolicy;

/**
 * {@code repeats} units of one kind in a row; the first has the stride, the others stride 1.
 *
 * <p>{@code width} is the number of output channels; {@code expansion} widens the inside of an
 * inverted residual and is 1 for the other kinds. {@code quant} is the precision of each
 * convolution of all units, absent in JSON where it is int8.
 */
public record Block(
    BlockKind kind,
    int kernel,
    int width,
    int expansion,
    int stride,
    int repeats,
    Activation activation,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) QuantPolicy quant) {
  public Block {
    quant = Objects.requireNonNullElse(quant, QuantPolicy.INT8);
    Objects.requireNonNull(kind, "block: kind is missing");
    Objects.requireNonNull(activation, "block: activation is missing");
    requireOdd("kernel", kernel);
    requirePositive("width", width);
    requirePositive("expansion", expansion);
    requirePositive("stride", stride);
    requirePositive("repeats", repeats);
    if (expansion != 1 && !kind.expands()) {
      throw new IllegalArgumentException("block: " + kind + " has no expansion " + expansion);
    }
  }

  /** In int8. */
  public Block(
      BlockKind kind,
      int kernel,
      int width,
      int expansion,
      int stride,
      int repeats,
      Activation activation) {
    this(kind, kernel, width, expansion, stride, repeats, activation, QuantPolicy.INT8);
  }

  static void requireOdd(String what, int value) {
    if (value < 1 || value % 2 == 0) {
      throw new IllegalArgumentException(what + " " + value + " is not odd and positive");
    }
  }

  static void requirePositive(String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + " " + value + " is below 1");
    }
  }

  /** Appends all units behind {@code tensor} and returns the output tensor. */
  int lay(BlockLayers layers, String label, int tensor) {
    int last = tensor;
    for (int unit = 0; unit < repeats; unit++) {
      last = kind.layUnit(layers, label + ".u" + unit, last, this, unit == 0 ? stride : 1);
    }
    return last;
  }

  Block withKernel(int newKernel) {
    return new Block(kind, newKernel, width, expansion, stride, repeats, activation, quant);
  }

  Block withWidth(int newWidth) {
    return new Block(kind, kernel, newWidth, expansion, stride, repeats, activation, quant);
  }

  Block withStride(int newStride) {
    return new Block(kind, kernel, width, expansion, newStride, repeats, activation, quant);
  }

  Block withRepeats(int newRepeats) {
    return new Block(kind, kernel, width, expansion, stride, newRepeats, activation, quant);
  }

  Block withActivation(Activation newActivation) {
    return new Block(kind, kernel, width, expansion, stride, repeats, newActivation, quant);
  }

  Block withQuant(QuantPolicy newQuant) {
    return new Block(kind, kernel, width, expansion, stride, repeats, activation, newQuant);
  }

  /** Convolutions of all units. */
  int convolutions() {
    return repeats * kind.convolutions(expansion).size();
  }

  /** The same block of another kind; an expansion that the kind does not know is dropped. */
  Block withKind(BlockKind newKind, int newExpansion) {
    int kept = newKind.expands() ? newExpansion : 1;
    return new Block(newKind, kernel, width, kept, stride, repeats, activation, quant);
  }

  /** Such as {@code inverted3 e4 w24 s2 x2 relu6}. */
  String summary() {
    return kind.name().toLowerCase(java.util.Locale.ROOT)
        + kernel
        + (kind.expands() ? " e" + expansion : "")
        + " w"
        + width
        + (stride > 1 ? " s" + stride : "")
        + (repeats > 1 ? " x" + repeats : "")
        + (activation == Activation.RELU
            ? ""
            : " " + activation.name().toLowerCase(java.util.Locale.ROOT))
        + (quant.layers().isEmpty() ? "" : " " + quant.summary());
  }
}
