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
        float[] kernel = folded.get(node, "kernel");
        float[] bias = folded.get(node, "bias").clone();
        float[] means = observed.means(node.inputs().get(0));
        ChannelLayout layout = ChannelLayout.of(op, bias.length, kernel.length);
        for (int i = 0; i < kernel.length; i++) {
          int c = layout.channel(i);
          float scale = integers.weightQuantization().scales().get(c);
          bias[c] -=
              (float) (integers.weights()[i] * (double) scale - kernel[i])
                  * op.foldConvolution(new MeanRead(means, i));
        }
        arrays.put(Weights.name(node, "kernel"), kernel);
        arrays.put(Weights.name(node, "bias"), bias);
      }
    }
    return new Weights(arrays);
  }

  /** Mean of the input channel that an element of a kernel meets. */
  private static final class MeanRead implements Op.ConvolutionCases<Float> {
    private final float[] means;
    private final int element;

    MeanRead(float[] means, int element) {
      this.means = means;
      this.element = element;
    }

    @Override
    public Float conv2d(Op.Conv2d conv) {
      if (conv.groups() > 1) {
        throw new IllegalArgumentException("no bias correction of grouped convolutions");
      }
      return means[element % means.length];
    }

    @Override
    public Float depthwiseConv2d(Op.DepthwiseConv2d depthwise) {
      int outputs = means.length * depthwise.depthMultiplier();
      return means[element % outputs / depthwise.depthMultiplier()];
    }
  }
}
