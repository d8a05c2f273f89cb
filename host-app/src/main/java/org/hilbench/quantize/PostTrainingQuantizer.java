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

/**
 * Post-training int8 quantization by TensorFlow Lite's specification: weights symmetric per output
 * channel in [-127, 127], activations asymmetric per tensor, biases int32.
 *
 * <p>Deterministic. 4-bit weights and 16-bit activations are refused.
 */
public final class PostTrainingQuantizer {
  private static final int WEIGHT_LIMIT = 127;

  /** Leaves as much room again for the products that are summed onto the bias. */
  private static final double BIAS_LIMIT = 1 << 29;

  private PostTrainingQuantizer() {}

  /**
   * Quantizes a network.
   *
   * @param folded a kernel and a bias for each convolution, from {@link BatchNormFolding}
   * @param ranges of every tensor that a convolution or ADD writes; the input's is [0, 1], widened
   *     by what was calibrated
   * @throws BenchException (TRIAL) if a weight or a range is not finite: training diverged
   * @throws IllegalArgumentException for bit widths other than 8, or a tensor that lacks its range
   */
  public static QuantizedModel quantize(Graph graph, Weights folded, ActivationRanges ranges)
      throws BenchException {
    Graph typed = ActivationQuantizer.quantize(graph, ranges);
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
    if (op.weightType() != DataType.INT8) {
      throw new IllegalArgumentException(
          "node "
              + node.id()
              + " wants "
              + op.weightType()
              + " weights; only INT8 can be made yet");
    }
    float[] kernel = finite(folded, node, "kernel");
    float[] bias = finite(folded, node, "bias");
    Tensor input = graph.tensors().get(node.inputs().get(0));
    float inputScale = ((Quantization.PerTensor) input.quantization()).scale();
    ChannelLayout layout = ChannelLayout.of(op, bias.length, kernel.length);
    float[] scales = scales(kernel, bias, inputScale, layout);

    byte[] weights = new byte[kernel.length];
    for (int i = 0; i < kernel.length; i++) {
      double steps = Math.rint(kernel[i] / (double) scales[layout.channel(i)]);
      weights[i] = (byte) Math.max(-WEIGHT_LIMIT, Math.min(WEIGHT_LIMIT, steps));
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
        DataType.INT8,
        weights,
        new Quantization.PerChannel(weightScales, layout.axis()),
        integers,
        biasScales);
  }

  /** The finest scale of each channel at which its weights and its bias are in range. */
  private static float[] scales(
      float[] kernel, float[] bias, float inputScale, ChannelLayout layout) {
    float[] largest = new float[bias.length];
    float largestOfAll = 0;
    for (int i = 0; i < kernel.length; i++) {
      int c = layout.channel(i);
      largest[c] = Math.max(largest[c], Math.abs(kernel[i]));
      largestOfAll = Math.max(largestOfAll, largest[c]);
    }
    // A channel without weights takes the layer's scale, and a layer without any the scale of 1.
    float emptyChannel = largestOfAll > 0 ? largestOfAll : WEIGHT_LIMIT;
    // Far below the largest channel a weight adds nothing, and its scale could underflow.
    float least = emptyChannel * 0x1p-30f;
    float[] scales = new float[bias.length];
    for (int c = 0; c < bias.length; c++) {
      float span = largest[c] > 0 ? Math.max(largest[c], least) : emptyChannel;
      double forBias = Math.abs(bias[c]) / (inputScale * BIAS_LIMIT);
      scales[c] = Math.max((float) Math.max(span / WEIGHT_LIMIT, forBias), Float.MIN_NORMAL);
    }
    return scales;
  }

  private static float[] finite(Weights folded, Node node, String role) throws BenchException {
    float[] values = folded.get(node.id(), role);
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new BenchException(
            Stage.QUANTIZE,
            BenchException.Kind.TRIAL,
            Weights.name(node.id(), role)
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
