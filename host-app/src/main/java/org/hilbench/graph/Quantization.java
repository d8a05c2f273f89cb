package org.hilbench.graph;

import java.util.List;

/**
 * How the integers of a tensor stand for real numbers: {@code real = scale * (q - zeroPoint)}.
 *
 * <p>Follows TensorFlow Lite's 8-bit quantization specification.
 */
public sealed interface Quantization {

  /** A tensor of floats, or one whose scheme is not chosen yet. */
  record None() implements Quantization {}

  /** One scale and zero point for the whole tensor. */
  record PerTensor(float scale, int zeroPoint) implements Quantization {
    public PerTensor {
      requirePositive(scale);
    }
  }

  /** A scale for each slice along {@code axis}; the zero point is 0. */
  record PerChannel(List<Float> scales, int axis) implements Quantization {
    public PerChannel {
      scales = List.copyOf(scales);
      scales.forEach(Quantization::requirePositive);
    }
  }

  Quantization NONE = new None();

  private static void requirePositive(float scale) {
    if (!(scale > 0) || Float.isInfinite(scale)) {
      throw new IllegalArgumentException("scale " + scale + " is not a positive number");
    }
  }
}
