package org.hilbench.quantize;

import java.util.HashMap;
import java.util.Map;
import org.hilbench.BenchException;
import org.hilbench.graph.ActivationRanges;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Node;
import org.hilbench.graph.Op;
import org.hilbench.graph.Weights;

/**
 * Takes from each bias what rounding the weights adds to its channel on average: the weights'
 * errors times the mean of the input channels (Nagel et al. 2019, section 4.2). Padding is left out
 * of the account.
 */
public final class BiasCorrection {
  private BiasCorrection() {}

  /**
   * Folded weights with other biases.
   *
   * @param observed of the same folded network
   */
  public static Weights corrected(
      Graph graph, Weights folded, ActivationRanges ranges, Observations observed)
      throws BenchException {
    QuantizedModel model = PostTrainingQuantizer.quantize(graph, folded, ranges);
    Map<String, float[]> arrays = new HashMap<>();
    int[] convolutions =
        model.graph().nodes().stream()
            .filter(node -> node.op() instanceof Op.Convolution)
            .mapToInt(Node::id)
            .toArray();
    int next = 0;
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Op.Convolution op) {
        // QUANTIZE shifts ids, but convolutions keep their order.
        QuantizedParameters integers = model.of(model.graph().nodes().get(convolutions[next++]));
        float[] kernel = folded.get(node.id(), "kernel");
        float[] bias = folded.get(node.id(), "bias").clone();
        float[] means = observed.means(node.inputs().get(0));
        ChannelLayout layout = ChannelLayout.of(op, bias.length, kernel.length);
        for (int i = 0; i < kernel.length; i++) {
          int c = layout.channel(i);
          float scale = integers.weightQuantization().scales().get(c);
          bias[c] -=
              (float) (integers.weights()[i] * (double) scale - kernel[i]) * mean(op, means, i);
        }
        arrays.put(Weights.name(node.id(), "kernel"), kernel);
        arrays.put(Weights.name(node.id(), "bias"), bias);
      }
    }
    return new Weights(arrays);
  }

  private static float mean(Op.Convolution op, float[] means, int element) {
    if (op instanceof Op.DepthwiseConv2d depthwise) {
      int outputs = means.length * depthwise.depthMultiplier();
      return means[element % outputs / depthwise.depthMultiplier()];
    }
    if (op instanceof Op.Conv2d conv && conv.groups() > 1) {
      throw new IllegalArgumentException("no bias correction of grouped convolutions");
    }
    return means[element % means.length];
  }
}
