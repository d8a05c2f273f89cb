package org.hilbench.quantize;

import java.util.Map;
import org.hilbench.BenchException;
import org.hilbench.graph.ActivationRanges;
import org.hilbench.graph.DataType;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Op;
import org.hilbench.graph.Quantization.PerTensor;

/**
 * The scales that {@link PostTrainingQuantizer} would choose at this moment of a training, for
 * training under them. Folding batch norm multiplies a channel's weights and its scale alike, so
 * they hold for weights that are not folded yet.
 */
public final class FakeQuantization {
  private FakeQuantization() {}

  /** The greatest integer of weights of this type; the least is its negative. */
  public static int limit(DataType weights) {
    return weights == DataType.INT4
        ? PostTrainingQuantizer.WEIGHT_LIMIT_INT4
        : PostTrainingQuantizer.WEIGHT_LIMIT;
  }

  /** Scale of each output channel's weights. */
  public static float[] weightScales(Op.Convolution op, float[] kernel, int channels) {
    ChannelLayout layout = ChannelLayout.of(op, channels, kernel.length);
    return WeightScales.of(kernel, layout, limit(op.weightType()));
  }

  /** The int8 scheme of each tensor by its id, whatever type it has. */
  public static Map<Integer, PerTensor> int8(Graph graph, ActivationRanges ranges)
      throws BenchException {
    return ActivationQuantizer.int8(graph, ranges);
  }
}
