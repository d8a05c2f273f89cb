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
    return op.fold(new Kinds(activations == DataType.INT16));
  }

  private record Kinds(boolean wide) implements Op.Cases<OperatorKind> {
    @Override
    public OperatorKind conv2d(Op.Conv2d op) {
      int version = narrow(op) ? 7 : wide ? 4 : 3;
      return new OperatorKind(BuiltinOperator.CONV_2D, version, BuiltinOptions.Conv2DOptions);
    }

    @Override
    public OperatorKind depthwiseConv2d(Op.DepthwiseConv2d op) {
      int version = narrow(op) ? 7 : wide ? 5 : 3;
      return new OperatorKind(
          BuiltinOperator.DEPTHWISE_CONV_2D, version, BuiltinOptions.DepthwiseConv2DOptions);
    }

    private static boolean narrow(Op.Convolution op) {
      return op.weightType() == DataType.INT4;
    }

    @Override
    public OperatorKind add(Op.Add op) {
      return new OperatorKind(BuiltinOperator.ADD, wide ? 3 : 2, BuiltinOptions.AddOptions);
    }

    @Override
    public OperatorKind globalAveragePool(Op.GlobalAveragePool op) {
      return new OperatorKind(
          BuiltinOperator.AVERAGE_POOL_2D, wide ? 3 : 2, BuiltinOptions.Pool2DOptions);
    }

    @Override
    public OperatorKind flatten(Op.Flatten op) {
      return new OperatorKind(BuiltinOperator.RESHAPE, 1, BuiltinOptions.ReshapeOptions);
    }

    @Override
    public OperatorKind softmax(Op.Softmax op) {
      return new OperatorKind(BuiltinOperator.SOFTMAX, 2, BuiltinOptions.SoftmaxOptions);
    }

    @Override
    public OperatorKind quantize(Op.Quantize op) {
      return new OperatorKind(
          BuiltinOperator.QUANTIZE, wide ? 4 : 2, BuiltinOptions.QuantizeOptions);
    }
  }
}
