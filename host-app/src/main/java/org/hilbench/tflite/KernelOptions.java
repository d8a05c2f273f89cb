package org.hilbench.tflite;

import com.google.flatbuffers.Table;
import java.util.Objects;
import org.tensorflow.lite.schema.ActivationFunctionType;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.Conv2DOptions;
import org.tensorflow.lite.schema.DepthwiseConv2DOptions;
import org.tensorflow.lite.schema.FullyConnectedOptions;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.Operator;
import org.tensorflow.lite.schema.Padding;

/**
 * The options of an operator that decide whether a kernel computes it rightly.
 *
 * @param activation fused into a convolution or FULLY_CONNECTED, by its name in the schema, else
 *     {@code NONE}
 * @param same whether padding is SAME
 * @param dilated whether a dilation differs from 1
 * @param keepDims FULLY_CONNECTED's {@code keep_num_dims}
 */
public record KernelOptions(String activation, boolean same, boolean dilated, boolean keepDims) {
  private static final KernelOptions NONE = new KernelOptions("NONE", false, false, false);

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
            conv.dilationHFactor() != 1 || conv.dilationWFactor() != 1,
            false);
      }
      case BuiltinOptions.DepthwiseConv2DOptions -> {
        DepthwiseConv2DOptions conv = read(found, new DepthwiseConv2DOptions());
        yield new KernelOptions(
            activation(conv.fusedActivationFunction()),
            conv.padding() == Padding.SAME,
            conv.dilationHFactor() != 1 || conv.dilationWFactor() != 1,
            false);
      }
      case BuiltinOptions.FullyConnectedOptions -> {
        FullyConnectedOptions dense = read(found, new FullyConnectedOptions());
        yield new KernelOptions(
            activation(dense.fusedActivationFunction()), false, false, dense.keepNumDims());
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
