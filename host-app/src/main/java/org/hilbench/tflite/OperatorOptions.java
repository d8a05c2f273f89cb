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

/**
 * Writes the options table of an op.
 *
 * @param activations type of the output
 * @param inputs their shapes
 */
record OperatorOptions(FlatBufferBuilder builder, DataType activations, List<Shape> inputs)
    implements Op.Cases<Integer> {

  /** Offset of the table. */
  static int create(FlatBufferBuilder builder, Op op, DataType activations, List<Shape> inputs) {
    return op.fold(new OperatorOptions(builder, activations, inputs));
  }

  @Override
  public Integer conv2d(Op.Conv2d conv) {
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

  @Override
  public Integer depthwiseConv2d(Op.DepthwiseConv2d depthwise) {
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

  @Override
  public Integer add(Op.Add add) {
    // The field means powers of two as scales, which int16 need not have here.
    boolean powersOfTwo = activations != DataType.INT16;
    return AddOptions.createAddOptions(builder, code(add.activation()), powersOfTwo);
  }

  /** The window is the whole feature map. */
  @Override
  public Integer globalAveragePool(Op.GlobalAveragePool pool) {
    Shape input = inputs.get(0);
    return Pool2DOptions.createPool2DOptions(
        builder,
        code(Padding.VALID),
        input.width(),
        input.height(),
        input.width(),
        input.height(),
        code(Activation.NONE));
  }

  @Override
  public Integer flatten(Op.Flatten flatten) {
    int classes = flatten.outputShape(inputs).channels();
    int shape = ReshapeOptions.createNewShapeVector(builder, new int[] {-1, classes});
    return ReshapeOptions.createReshapeOptions(builder, shape);
  }

  @Override
  public Integer softmax(Op.Softmax softmax) {
    return SoftmaxOptions.createSoftmaxOptions(builder, 1f);
  }

  @Override
  public Integer quantize(Op.Quantize quantize) {
    QuantizeOptions.startQuantizeOptions(builder);
    return QuantizeOptions.endQuantizeOptions(builder);
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
