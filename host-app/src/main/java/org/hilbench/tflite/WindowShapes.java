package org.hilbench.tflite;

import java.util.List;
import org.hilbench.BenchException;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.Padding;

/** Convolutions and pools: windows that move over rows and columns. */
final class WindowShapes {
  /** Beyond it positions in a tensor no longer surely fit into 32 bits. */
  private static final int MOST = Short.MAX_VALUE;

  private final Facts facts;
  private final List<Integer> input;

  private WindowShapes(Facts facts) {
    this.facts = facts;
    this.input = facts.shape(0);
  }

  static void check(Facts facts) throws BenchException {
    facts.require(
        facts.shape(0).size() == 4 && facts.output(0).shape().size() == 4,
        "has an input of " + facts.shape(0) + " and an output of " + facts.output(0).shape());
    WindowShapes shapes = new WindowShapes(facts);
    switch (facts.operator().builtinCode()) {
      case BuiltinOperator.CONV_2D -> shapes.convolution();
      case BuiltinOperator.DEPTHWISE_CONV_2D -> shapes.depthwise();
      default -> shapes.pool();
    }
  }

  private void convolution() throws BenchException {
    List<Integer> weights = facts.shape(1);
    int filters = weights.get(0);
    int groups = input.get(3) / weights.get(3);
    facts.require(
        groups > 0 && input.get(3) % weights.get(3) == 0 && filters % groups == 0,
        "has "
            + input.get(3)
            + " input channels and "
            + filters
            + " filters, which do not divide into groups of "
            + weights.get(3));
    ShapeChecks.requireBias(facts, filters);
    // Width comes before height in the options' order.
    requireSide(1, weights.get(1), facts.option(2, 0), facts.option(5, 1));
    requireSide(2, weights.get(2), facts.option(1, 0), facts.option(4, 1));
    requireSides(filters);
  }

  private void depthwise() throws BenchException {
    List<Integer> weights = facts.shape(1);
    int channels = weights.get(3);
    int multiplier = facts.option(3, 0);
    facts.require(
        weights.get(0) == 1 && channels == (long) input.get(3) * multiplier,
        "has weights of "
            + weights
            + " and the depth multiplier "
            + multiplier
            + " for "
            + input.get(3)
            + " channels");
    ShapeChecks.requireBias(facts, channels);
    requireSide(1, weights.get(1), facts.option(2, 0), facts.option(6, 1));
    requireSide(2, weights.get(2), facts.option(1, 0), facts.option(5, 1));
    requireSides(channels);
  }

  private void pool() throws BenchException {
    requireSide(1, facts.option(4, 0), facts.option(2, 0), 1);
    requireSide(2, facts.option(3, 0), facts.option(1, 0), 1);
    requireSides(input.get(3));
  }

  private void requireSides(int channels) throws BenchException {
    List<Integer> output = facts.output(0).shape();
    facts.require(
        output.get(0).equals(input.get(0)) && output.get(3) == channels,
        "has an output of "
            + output
            + " for an input of "
            + input
            + " and "
            + channels
            + " filters");
  }

  private void requireSide(int axis, int window, int stride, int dilation) throws BenchException {
    for (int size : new int[] {window, stride, dilation}) {
      facts.require(size >= 1 && size <= MOST, "has a window, stride or dilation of " + size);
    }
    long reach = (window - 1L) * dilation + 1;
    facts.require(reach <= MOST, "has a window that reaches over " + reach);
    boolean same = facts.byteOption(0) == Padding.SAME;
    long covered = same ? input.get(axis) : input.get(axis) - reach + 1;
    long positions = covered < 1 ? 0 : (covered + stride - 1) / stride;
    int stated = facts.output(0).shape().get(axis);
    facts.require(
        positions == stated,
        "has an output of "
            + facts.output(0).shape()
            + " where its window finds "
            + positions
            + " places along axis "
            + axis);
  }
}
