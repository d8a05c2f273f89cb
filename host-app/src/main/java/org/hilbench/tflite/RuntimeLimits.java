package org.hilbench.tflite;

import java.util.ArrayList;
import java.util.List;
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
      boolean wide = graph.tensors().get(node.output()).type() == DataType.INT16;
      if (node.op() instanceof Op.Convolution convolution) {
        DataType weights = model.of(node).weightType();
        boolean known = weights == DataType.INT8 || (weights == DataType.INT4 && !wide);
        require(known, what, "INT8 weights, and INT4 beside INT8 activations");
        for (String taken :
            convolution.foldConvolution(new Missed(model.quantization(node.output()), wide))) {
          require(false, what, taken);
        }
      }
    }
  }

  /** What the runtimes take in place of a convolution that they would compute wrongly. */
  private record Missed(Quantization.PerTensor output, boolean wide)
      implements Op.ConvolutionCases<List<String>> {
    @Override
    public List<String> conv2d(Op.Conv2d conv) {
      return conv.groups() == 1 ? List.of() : List.of("CONV_2D in one group");
    }

    @Override
    public List<String> depthwiseConv2d(Op.DepthwiseConv2d depthwise) {
      List<String> missed = new ArrayList<>();
      Activation activation = depthwise.activation();
      boolean startsAtZero = output.zeroPoint() == Byte.MIN_VALUE;
      boolean endsAtSix = activation != Activation.RELU6 || output.scale() <= RELU6_SCALE;
      // The runtime of 2020 has no int16 at all; kernels that do heed the activation.
      if (activation != Activation.NONE && !wide && !(startsAtZero && endsAtSix)) {
        missed.add("a depthwise activation that spans its output's range, not " + output);
      }
      Window window = depthwise.window();
      boolean dilated = window.dilationHeight() > 1 || window.dilationWidth() > 1;
      if (dilated && window.padding() != Padding.VALID) {
        missed.add("dilation with VALID padding");
      }
      return missed;
    }
  }

  private static void require(boolean holds, String what, String taken) {
    if (!holds) {
      throw new IllegalArgumentException(what + ": the runtimes take only " + taken);
    }
  }
}
