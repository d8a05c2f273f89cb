package org.hilbench.tflite;

import org.hilbench.graph.DataType;
import org.hilbench.graph.Op;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.BuiltinOptions;

/** Operator code, version and type of options that an op of the graph is written with. */
record OperatorKind(int builtinCode, int version, byte optionsType) {

  /**
   * Versions as TensorFlow's own {@code op_version.cc} assigns them; QUANTIZE from int8 to int16,
   * which TensorFlow Lite 2.20 lacks and TFLite Micro has, gets one that it knows not.
   *
   * @param activations type of the output
   */
  static OperatorKind of(Op op, DataType activations) {
    boolean wide = activations == DataType.INT16;
    boolean narrow =
        op instanceof Op.Convolution convolution && convolution.weightType() == DataType.INT4;
    if (op instanceof Op.Conv2d) {
      int version = narrow ? 7 : wide ? 4 : 3;
      return new OperatorKind(BuiltinOperator.CONV_2D, version, BuiltinOptions.Conv2DOptions);
    }
    if (op instanceof Op.DepthwiseConv2d) {
      int version = narrow ? 7 : wide ? 5 : 3;
      return new OperatorKind(
          BuiltinOperator.DEPTHWISE_CONV_2D, version, BuiltinOptions.DepthwiseConv2DOptions);
    }
    if (op instanceof Op.Add) {
      return new OperatorKind(BuiltinOperator.ADD, wide ? 3 : 2, BuiltinOptions.AddOptions);
    }
    if (op instanceof Op.GlobalAveragePool) {
      return new OperatorKind(
          BuiltinOperator.AVERAGE_POOL_2D, wide ? 3 : 2, BuiltinOptions.Pool2DOptions);
    }
    if (op instanceof Op.Quantize) {
      return new OperatorKind(
          BuiltinOperator.QUANTIZE, wide ? 4 : 2, BuiltinOptions.QuantizeOptions);
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
