package org.hilbench.tflite;

import org.hilbench.BenchException;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.BuiltinOptions;

/** Reads the options of the operators that have some, so that each field is seen to be inside. */
final class OptionChecks {
  private OptionChecks() {}

  /** Type of options without which the operator cannot run; 0 where none is needed or known. */
  static int typeOf(int builtinCode) {
    return switch (builtinCode) {
      case BuiltinOperator.CONV_2D -> BuiltinOptions.Conv2DOptions;
      case BuiltinOperator.DEPTHWISE_CONV_2D -> BuiltinOptions.DepthwiseConv2DOptions;
      case BuiltinOperator.AVERAGE_POOL_2D, BuiltinOperator.MAX_POOL_2D ->
          BuiltinOptions.Pool2DOptions;
      case BuiltinOperator.FULLY_CONNECTED -> BuiltinOptions.FullyConnectedOptions;
      case BuiltinOperator.SOFTMAX -> BuiltinOptions.SoftmaxOptions;
      case BuiltinOperator.ADD -> BuiltinOptions.AddOptions;
      case BuiltinOperator.MUL -> BuiltinOptions.MulOptions;
      case BuiltinOperator.SUB -> BuiltinOptions.SubOptions;
      case BuiltinOperator.CONCATENATION -> BuiltinOptions.ConcatenationOptions;
      case BuiltinOperator.PACK -> BuiltinOptions.PackOptions;
      case BuiltinOperator.UNPACK -> BuiltinOptions.UnpackOptions;
      case BuiltinOperator.SPLIT -> BuiltinOptions.SplitOptions;
      case BuiltinOperator.STRIDED_SLICE -> BuiltinOptions.StridedSliceOptions;
      default -> 0;
    };
  }

  static void check(int type, FlatTable options) throws BenchException {
    switch (type) {
      case BuiltinOptions.Conv2DOptions -> {
        bytes(options, 0, 3);
        positive(options, 0, 1, 2);
        positive(options, 1, 4, 5);
      }
      case BuiltinOptions.DepthwiseConv2DOptions -> {
        bytes(options, 0, 4);
        positive(options, 0, 1, 2);
        positive(options, 1, 5, 6);
        options.i32(3, 0);
      }
      case BuiltinOptions.Pool2DOptions -> {
        bytes(options, 0, 5);
        positive(options, 0, 1, 2, 3, 4);
      }
      case BuiltinOptions.ReshapeOptions -> options.vector(0, 4, "new_shape").ints();
      case BuiltinOptions.SqueezeOptions -> options.vector(0, 4, "squeeze_dims").ints();
      case BuiltinOptions.SoftmaxOptions -> {
        float beta = Float.intBitsToFloat(options.i32(0, 0));
        if (!(beta > 0) || Float.isInfinite(beta)) {
          throw ModelChecks.refused(options.what() + " has the beta " + beta);
        }
      }
      case BuiltinOptions.FullyConnectedOptions -> bytes(options, 0, 1, 2, 3);
      case BuiltinOptions.AddOptions, BuiltinOptions.MulOptions, BuiltinOptions.SubOptions ->
          bytes(options, 0, 1);
      case BuiltinOptions.ConcatenationOptions -> {
        options.i32(0, 0);
        bytes(options, 1);
      }
      case BuiltinOptions.PackOptions, BuiltinOptions.UnpackOptions -> {
        options.i32(0, 0);
        options.i32(1, 0);
      }
      case BuiltinOptions.SplitOptions, BuiltinOptions.SplitVOptions -> options.i32(0, 0);
      case BuiltinOptions.StridedSliceOptions -> {
        for (int slot = 0; slot < 5; slot++) {
          options.i32(slot, 0);
        }
      }
      default -> {}
    }
  }

  private static void bytes(FlatTable options, int... slots) throws BenchException {
    for (int slot : slots) {
      options.i8(slot, 0);
    }
  }

  /** Strides, dilations and windows: a 0 would make a runtime divide by it. */
  private static void positive(FlatTable options, int otherwise, int... slots)
      throws BenchException {
    for (int slot : slots) {
      int value = options.i32(slot, otherwise);
      if (value < 1) {
        throw ModelChecks.refused(
            options.what() + " has " + value + " where a stride, dilation or window stands");
      }
    }
  }
}
