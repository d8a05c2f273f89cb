package org.hilbench.tflite;

import com.google.flatbuffers.Table;
import java.util.Objects;
import org.tensorflow.lite.schema.ActivationFunctionType;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.ConcatenationOptions;
import org.tensorflow.lite.schema.Conv2DOptions;
import org.tensorflow.lite.schema.DepthwiseConv2DOptions;
import org.tensorflow.lite.schema.FullyConnectedOptions;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.Operator;
import org.tensorflow.lite.schema.Padding;
import org.tensorflow.lite.schema.ResizeNearestNeighborOptions;
import org.tensorflow.lite.schema.StridedSliceOptions;

/**
 * The options of an operator that decide whether a kernel computes it rightly.
 *
 * @param activation fused into a convolution or FULLY_CONNECTED, by its name in the schema, else
 *     {@code NONE}
 * @param same whether padding is SAME
 * @param dilated whether a dilation differs from 1
 * @param keepDims FULLY_CONNECTED's {@code keep_num_dims}
 * @param halfPixelCenters of RESIZE_NEAREST_NEIGHBOR
 * @param otherMasks whether STRIDED_SLICE has an ellipsis, adds an axis, or takes one out that a
 *     mask opens
 */
public record KernelOptions(
    String activation,
    boolean same,
    boolean dilated,
    boolean keepDims,
    boolean halfPixelCenters,
    boolean otherMasks) {
  private static final KernelOptions NONE = withActivation("NONE");

  private KernelOptions(String activation, boolean same, boolean dilated) {
    this(activation, same, dilated, false, false, false);
  }

  private static KernelOptions withActivation(String activation) {
    return new KernelOptions(activation, false, false);
  }

  /** Of the operator at this place in the order of execution. */
  public static KernelOptions of(TfliteModel model, int operator) {
    Model file = Model.getRootAsModel(model.buffer());
    Operator found = file.subgraphs(0).operators(operator);
    return switch (found.builtinOptionsType()) {
      case BuiltinOptions.Conv2DOptions -> {
        Conv2DOptions conv = read(found, new Conv2DOptions());
        yield new KernelOptions(
            activation(conv.fusedActivationFunction()),
            conv.padding() == Padding.SAME,
            conv.dilationHFactor() != 1 || conv.dilationWFactor() != 1);
      }
      case BuiltinOptions.DepthwiseConv2DOptions -> {
        DepthwiseConv2DOptions conv = read(found, new DepthwiseConv2DOptions());
        yield new KernelOptions(
            activation(conv.fusedActivationFunction()),
            conv.padding() == Padding.SAME,
            conv.dilationHFactor() != 1 || conv.dilationWFactor() != 1);
      }
      case BuiltinOptions.FullyConnectedOptions -> {
        FullyConnectedOptions dense = read(found, new FullyConnectedOptions());
        String activation = activation(dense.fusedActivationFunction());
        yield new KernelOptions(activation, false, false, dense.keepNumDims(), false, false);
      }
      case BuiltinOptions.ConcatenationOptions ->
          withActivation(
              activation(read(found, new ConcatenationOptions()).fusedActivationFunction()));
      case BuiltinOptions.ResizeNearestNeighborOptions -> {
        boolean half = read(found, new ResizeNearestNeighborOptions()).halfPixelCenters();
        yield new KernelOptions("NONE", false, false, false, half, false);
      }
      case BuiltinOptions.StridedSliceOptions -> {
        StridedSliceOptions slice = read(found, new StridedSliceOptions());
        int opened = slice.beginMask() | slice.endMask();
        boolean other =
            (slice.ellipsisMask() | slice.newAxisMask() | (slice.shrinkAxisMask() & opened)) != 0;
        yield new KernelOptions("NONE", false, false, false, false, other);
      }
      default -> NONE;
    };
  }

  private static String activation(byte code) {
    return code >= 0 && code < ActivationFunctionType.names.length
        ? ActivationFunctionType.name(code)
        : "ACTIVATION_" + code;
  }

  private static <T extends Table> T read(Operator operator, T into) {
    Objects.requireNonNull(operator.builtinOptions(into));
    return into;
  }
}
