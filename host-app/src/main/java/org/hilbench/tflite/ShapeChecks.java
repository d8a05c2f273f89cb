package org.hilbench.tflite;

import java.util.List;
import org.hilbench.BenchException;
import org.tensorflow.lite.schema.BuiltinOperator;

/**
 * Whether the shapes, axes and indices of an operator go together. TensorFlow Lite and the device
 * rely on much of that without a look: what does not hold here would be a read or write outside of
 * a tensor there.
 */
final class ShapeChecks {
  private ShapeChecks() {}

  static void check(Facts facts) throws BenchException {
    Arity.check(facts);
    for (int index : facts.operator().inputs()) {
      if (index >= 0) {
        requireElements(facts, facts.tensors().get(index));
      }
    }
    for (int index : facts.operator().outputs()) {
      requireElements(facts, facts.tensors().get(index));
    }
    switch (facts.operator().builtinCode()) {
      case BuiltinOperator.CONV_2D,
          BuiltinOperator.DEPTHWISE_CONV_2D,
          BuiltinOperator.AVERAGE_POOL_2D,
          BuiltinOperator.MAX_POOL_2D ->
          WindowShapes.check(facts);
      case BuiltinOperator.FULLY_CONNECTED -> fullyConnected(facts);
      case BuiltinOperator.ADD,
          BuiltinOperator.SUB,
          BuiltinOperator.MUL,
          BuiltinOperator.MAXIMUM,
          BuiltinOperator.MINIMUM,
          BuiltinOperator.EQUAL,
          BuiltinOperator.NOT_EQUAL,
          BuiltinOperator.GREATER,
          BuiltinOperator.GREATER_EQUAL,
          BuiltinOperator.LESS,
          BuiltinOperator.LESS_EQUAL,
          BuiltinOperator.PRELU ->
          broadcast(facts);
      case BuiltinOperator.SOFTMAX,
          BuiltinOperator.LOGISTIC,
          BuiltinOperator.TANH,
          BuiltinOperator.RELU,
          BuiltinOperator.RELU6,
          BuiltinOperator.HARD_SWISH,
          BuiltinOperator.LEAKY_RELU,
          BuiltinOperator.ELU,
          BuiltinOperator.QUANTIZE,
          BuiltinOperator.DEQUANTIZE,
          BuiltinOperator.L2_NORMALIZATION,
          BuiltinOperator.RESHAPE,
          BuiltinOperator.SQUEEZE,
          BuiltinOperator.EXPAND_DIMS ->
          requireOutput(facts, facts.input(0).elements());
      default -> IndexShapes.check(facts);
    }
  }

  static void requireOutput(Facts facts, long elements) throws BenchException {
    facts.require(
        facts.output(0).elements() == elements,
        "has an output of "
            + facts.output(0).shape()
            + " where "
            + elements
            + " elements come out");
  }

  /** A scalar has one; a vector of no sizes, which RESHAPE takes for a scalar, has none. */
  private static void requireElements(Facts facts, TfliteTensor tensor) throws BenchException {
    boolean sizes = tensor.type() == TensorType.INT32 && tensor.shape().equals(List.of(0));
    facts.require(
        tensor.elements() > 0 || sizes, "works on " + tensor.label() + ", which has no elements");
  }

  private static void fullyConnected(Facts facts) throws BenchException {
    int units = facts.shape(1).get(0);
    int depth = facts.shape(1).get(1);
    long elements = facts.input(0).elements();
    facts.require(
        elements % depth == 0,
        "has an input of " + facts.shape(0) + ", no multiple of its weights' " + depth);
    requireOutput(facts, elements / depth * units);
    requireBias(facts, units);
  }

  static void requireBias(Facts facts, int channels) throws BenchException {
    if (facts.has(2)) {
      long biases = facts.input(2).elements();
      facts.require(biases == channels, "has " + biases + " biases for " + channels + " channels");
    }
  }

  private static void broadcast(Facts facts) throws BenchException {
    List<Integer> left = facts.shape(0);
    List<Integer> right = facts.shape(1);
    long elements = 1;
    for (int back = 1; back <= Math.max(left.size(), right.size()); back++) {
      int one = back > left.size() ? 1 : left.get(left.size() - back);
      int other = back > right.size() ? 1 : right.get(right.size() - back);
      facts.require(
          one == other || one == 1 || other == 1,
          "has inputs of " + left + " and " + right + ", which do not go together");
      elements *= Math.max(one, other);
    }
    requireOutput(facts, elements);
  }
}
