package org.hilbench.quantize;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.graph.ActivationRanges;
import org.hilbench.graph.DataType;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Node;
import org.hilbench.graph.Op;
import org.hilbench.graph.Quantization;
import org.hilbench.graph.Tensor;
import org.hilbench.graph.Weights;
import org.hilbench.graph.WidthChanges;

/**
 * Post-training quantization by TensorFlow Lite's specification. Weights are symmetric per output
 * channel: int8 in [-127, 127], or int4 in [-7, 7] with the scale of least squared error.
 * Activations are asymmetric int8 per tensor, or symmetric int16 (TensorFlow Lite's 16x8 scheme).
 * Which layer has which is in the graph; QUANTIZE is placed where the width of activations changes.
 *
 * <p>Deterministic.
 */
public final class PostTrainingQuantizer {
  static final int WEIGHT_LIMIT = 127;
  static final int WEIGHT_LIMIT_INT4 = 7;

  private PostTrainingQuantizer() {}

  /**
   * Quantizes a network.
   *
   * @param folded a kernel and a bias for each convolution, from {@link BatchNormFolding}
   * @param ranges of every tensor that a convolution or ADD writes, and of the input, which else
   *     spans [0, 1]
   * @throws BenchException (TRIAL) if a weight or a range is not finite: training diverged
   * @throws IllegalArgumentException for widths that TensorFlow Lite has no kernels for (int4
   *     weights with int16 activations), or a tensor that lacks its range
   */
  public static QuantizedModel quantize(Graph graph, Weights folded, ActivationRanges ranges)
      throws BenchException {
    WidthChanges changes = ActivationQuantizer.quantize(graph, ranges);
    Graph typed = changes.graph();
    Map<Integer, QuantizedParameters> parameters = new TreeMap<>();
    for (Node node : typed.nodes()) {
      if (node.op() instanceof Op.Convolution op) {
        parameters.put(node.id(), parameters(typed, node, op, folded));
      }
    }
    return new QuantizedModel(typed, parameters);
  }

  private static QuantizedParameters parameters(
      Graph graph, Node node, Op.Convolution op, Weights folded) throws BenchException {
    int limit = weightLimit(graph, node, op);
    float[] kernel = finite(folded, node, "kernel");
    float[] bias = finite(folded, node, "bias");
    Tensor input = graph.tensors().get(node.inputs().get(0));
    float inputScale = ((Quantization.PerTensor) input.quantization()).scale();
    ChannelLayout layout = ChannelLayout.of(op, bias.length, kernel.length);
    float[] scales = WeightScales.of(kernel, bias, inputScale, layout, limit);

    byte[] weights = new byte[kernel.length];
    for (int i = 0; i < kernel.length; i++) {
      double steps = Math.rint(kernel[i] / (double) scales[layout.channel(i)]);
      weights[i] = (byte) Math.max(-limit, Math.min(limit, steps));
    }
    int[] integers = new int[bias.length];
    List<Float> weightScales = new ArrayList<>();
    List<Float> biasScales = new ArrayList<>();
    for (int c = 0; c < bias.length; c++) {
      float biasScale = inputScale * scales[c];
      integers[c] = (int) Math.rint(bias[c] / (double) biasScale);
      weightScales.add(scales[c]);
      biasScales.add(biasScale);
    }
    return new QuantizedParameters(
        op.weightType(),
        weights,
        new Quantization.PerChannel(weightScales, layout.axis()),
        integers,
        biasScales);
  }

  private static int weightLimit(Graph graph, Node node, Op.Convolution op) {
    DataType activations = graph.tensors().get(node.output()).type();
    boolean narrow = op.weightType() == DataType.INT4 && activations == DataType.INT8;
    if (!narrow && op.weightType() != DataType.INT8) {
      throw new IllegalArgumentException(
          "node "
              + node.id()
              + " wants "
              + op.weightType()
              + " weights and "
              + activations
              + " activations; there are INT8 weights with either, INT4 with INT8");
    }
    return narrow ? WEIGHT_LIMIT_INT4 : WEIGHT_LIMIT;
  }

  private static float[] finite(Weights folded, Node node, String role) throws BenchException {
    float[] values = folded.get(node, role);
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new BenchException(
            Stage.QUANTIZE,
            BenchException.Kind.TRIAL,
            Weights.name(node, role)
                + "["
                + i
                + "] is "
                + values[i]
                + ": training diverged; try a lower learning rate");
      }
    }
    return values;
  }
}
