package org.hilbench.tflite;

import com.google.flatbuffers.FlatBufferBuilder;
import java.util.List;
import org.hilbench.graph.Activation;
import org.hilbench.graph.DataType;
import org.hilbench.graph.Op;
import org.hilbench.graph.Padding;
import org.hilbench.graph.Shape;
import org.hilbench.graph.Window;
import org.tensorflow.lite.schema.ActivationFunctionType;
import org.tensorflow.lite.schema.AddOptions;
import org.tensorflow.lite.schema.Conv2DOptions;
import org.tensorflow.lite.schema.DepthwiseConv2DOptions;
import org.tensorflow.lite.schema.Pool2DOptions;
import org.tensorflow.lite.schema.QuantizeOptions;
import org.tensorflow.lite.schema.ReshapeOptions;
import org.tensorflow.lite.schema.SoftmaxOptions;

/** Writes the options table of an op. */
final class OperatorOptions {
  private OperatorOptions() {}

  static int create(FlatBufferBuilder builder, Op op, DataType activations, List<Shape> inputs) {
    if (op instanceof Op.Conv2d conv) {
      return conv(builder, conv);
    }
    if (op instanceof Op.DepthwiseConv2d depthwise) {
      return depthwise(builder, depthwise);
    }
    if (op instanceof Op.Add add) {
      // The field means powers of two as scales, which int16 need not have here.
      boolean powersOfTwo = activations != DataType.INT16;
      return AddOptions.createAddOptions(builder, code(add.activation()), powersOfTwo);
    }
    if (op instanceof Op.GlobalAveragePool) {
      return fullWindow(builder, inputs.get(0));
    }
    if (op instanceof Op.Flatten) {
      int classes = op.outputShape(inputs).channels();
      int shape = ReshapeOptions.createNewShapeVector(builder, new int[] {-1, classes});
      return ReshapeOptions.createReshapeOptions(builder, shape);
    }
    if (op instanceof Op.Quantize) {
      QuantizeOptions.startQuantizeOptions(builder);
      return QuantizeOptions.endQuantizeOptions(builder);
    }
    if (op instanceof Op.Softmax) {
      return SoftmaxOptions.createSoftmaxOptions(builder, 1f);
    }
    throw new IllegalArgumentException("no .tflite options are known for " + op);
  }

  private static int conv(FlatBufferBuilder builder, Op.Conv2d conv) {
    Window window = conv.window();
    return Conv2DOptions.createConv2DOptions(
        builder,
        code(window.padding()),
        window.strideWidth(),
        window.strideHeight(),
        code(conv.activation()),
        window.dilationWidth(),
        window.dilationHeight());
  }

  private static int depthwise(FlatBufferBuilder builder, Op.DepthwiseConv2d depthwise) {
    Window window = depthwise.window();
    return DepthwiseConv2DOptions.createDepthwiseConv2DOptions(
        builder,
        code(window.padding()),
        window.strideWidth(),
        window.strideHeight(),
        depthwise.depthMultiplier(),
        code(depthwise.activation()),
        window.dilationWidth(),
        window.dilationHeight());
  }

  private static int fullWindow(FlatBufferBuilder builder, Shape input) {
    return Pool2DOptions.createPool2DOptions(
        builder,
        code(Padding.VALID),
        input.width(),
        input.height(),
        input.width(),
        input.height(),
        code(Activation.NONE));
  }

  private static byte code(Activation activation) {
    return switch (activation) {
      case NONE -> ActivationFunctionType.NONE;
      case RELU -> ActivationFunctionType.RELU;
      case RELU6 -> ActivationFunctionType.RELU6;
    };
  }

  private static byte code(Padding padding) {
    return switch (padding) {
      case SAME -> org.tensorflow.lite.schema.Padding.SAME;
      case VALID -> org.tensorflow.lite.schema.Padding.VALID;
    };
  }
}
