package org.hilbench.tflite;

import org.hilbench.graph.Activation;
import org.hilbench.graph.DataType;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Node;
import org.hilbench.graph.Op;
import org.hilbench.graph.Padding;
import org.hilbench.graph.Quantization;
import org.hilbench.graph.Tensor;
import org.hilbench.graph.Window;
import org.hilbench.quantize.QuantizedModel;

/**
 * What the runtimes take: TensorFlow Lite of today on the host, and TensorFlow Lite Micro of July
 * 2020 on the device, which gets some networks silently wrong.
 */
final class RuntimeLimits {
  private static final float RELU6_SCALE = 6f / 255;

  private RuntimeLimits() {}

  static void require(QuantizedModel model) {
    Graph graph = model.graph();
    for (Tensor tensor : graph.tensors()) {
      boolean known = tensor.type() == DataType.INT8 || tensor.type() == DataType.INT16;
      require(known, "tensor '" + tensor.name() + "'", "INT8 and INT16 tensors");
    }
    for (Node node : graph.nodes()) {
      String what = "node " + node.id() + " " + node.op();
      if (node.op() instanceof Op.Convolution) {
        DataType weights = model.of(node).weightType();
        boolean wide = graph.tensors().get(node.output()).type() == DataType.INT16;
        boolean known = weights == DataType.INT8 || (weights == DataType.INT4 && !wide);
        require(known, what, "INT8 weights, and INT4 beside INT8 activations");
      }
      if (node.op() instanceof Op.Conv2d conv) {
        require(conv.groups() == 1, what, "CONV_2D in one group");
      }
      if (node.op() instanceof Op.DepthwiseConv2d depthwise) {
        boolean wide = graph.tensors().get(node.output()).type() == DataType.INT16;
        requireDepthwise(what, depthwise, model.quantization(node.output()), wide);
      }
    }
  }

  private static void requireDepthwise(
      String what, Op.DepthwiseConv2d depthwise, Quantization.PerTensor output, boolean wide) {
    Activation activation = depthwise.activation();
    boolean startsAtZero = output.zeroPoint() == Byte.MIN_VALUE;
    boolean endsAtSix = activation != Activation.RELU6 || output.scale() <= RELU6_SCALE;
    // The runtime of 2020 has no int16 at all; kernels that do heed the activation.
    boolean harmless = activation == Activation.NONE || wide || (startsAtZero && endsAtSix);
    require(harmless, what, "a depthwise activation that spans its output's range, not " + output);
    Window window = depthwise.window();
    boolean dilated = window.dilationHeight() > 1 || window.dilationWidth() > 1;
    require(!dilated || window.padding() == Padding.VALID, what, "dilation with VALID padding");
  }

  private static void require(boolean holds, String what, String taken) {
    if (!holds) {
      throw new IllegalArgumentException(what + ": the runtimes take only " + taken);
    }
  }
}
