package org.hilbench.tflite;

import org.hilbench.graph.Op;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.BuiltinOptions;

/** Operator code, version and type of options that an op of the graph is written with. */
record OperatorKind(int builtinCode, int version, byte optionsType) {

  static OperatorKind of(Op op) {
    if (op instanceof Op.Conv2d) {
      return new OperatorKind(BuiltinOperator.CONV_2D, 3, BuiltinOptions.Conv2DOptions);
    }
    if (op instanceof Op.DepthwiseConv2d) {
      return new OperatorKind(
          BuiltinOperator.DEPTHWISE_CONV_2D, 3, BuiltinOptions.DepthwiseConv2DOptions);
    }
    if (op instanceof Op.Add) {
      return new OperatorKind(BuiltinOperator.ADD, 2, BuiltinOptions.AddOptions);
    }
    if (op instanceof Op.GlobalAveragePool) {
      return new OperatorKind(BuiltinOperator.AVERAGE_POOL_2D, 2, BuiltinOptions.Pool2DOptions);
    }
    if (op instanceof Op.Flatten) {
      return new OperatorKind(BuiltinOperator.RESHAPE, 1, BuiltinOptions.ReshapeOptions);
    }
    if (op instanceof Op.Softmax) {
      return new OperatorKind(BuiltinOperator.SOFTMAX, 2, BuiltinOptions.SoftmaxOptions);
    }
    throw new IllegalArgumentException("no .tflite operator is known for " + op);
  }
}
