package org.hilbench.quantize;

import java.util.ArrayList;
import java.util.List;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.graph.Activation;
import org.hilbench.graph.ActivationRanges;
import org.hilbench.graph.ActivationRanges.Range;
import org.hilbench.graph.DataType;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Node;
import org.hilbench.graph.Op;
import org.hilbench.graph.Quantization;
import org.hilbench.graph.Quantization.PerTensor;
import org.hilbench.graph.Tensor;

/**
 * Chooses scale and zero point of each activation tensor.
 *
 * <p>A tensor behind ReLU starts at 0 and one behind ReLU6 ends at 6 at the latest, so that the
 * integers' own range equals the activation's: runtimes that forget a fused activation (TFLite
 * Micro's depthwise of 2020) are then right all the same.
 */
final class ActivationQuantizer {
  /** Softmax's output is fixed by TensorFlow Lite's specification. */
  private static final PerTensor SOFTMAX = new PerTensor(1f / 256, -128);

  private static final Range PIXELS = new Range(0, 1);
  private static final int LOWEST = -128;
  private static final int HIGHEST = 127;

  /** Tensors that hardly move (dead ones) get the range [0, 1]: a tiny scale would overflow. */
  private static final float NARROWEST = 1e-5f;

  private ActivationQuantizer() {}

  static Graph quantize(Graph graph, ActivationRanges ranges) throws BenchException {
    List<Tensor> tensors = new ArrayList<>(graph.tensors());
    quantizeTensor(tensors, graph.input(), ofInput(graph, ranges));
    for (Node node : graph.nodes()) {
      quantizeTensor(tensors, node.output(), ofOutput(tensors, node, ranges));
    }
    return new Graph(tensors, graph.nodes(), graph.input(), graph.output());
  }

  private static void quantizeTensor(List<Tensor> tensors, int id, PerTensor quantization) {
    Tensor tensor = tensors.get(id);
    if (tensor.type() != DataType.INT8 && tensor.type() != DataType.FLOAT32) {
      throw new IllegalArgumentException(
          "tensor '" + tensor.name() + "' wants " + tensor.type() + "; only INT8 can be made yet");
    }
    tensors.set(id, tensor.quantized(DataType.INT8, quantization));
  }

  private static PerTensor ofInput(Graph graph, ActivationRanges ranges) throws BenchException {
    Range seen = ranges.byTensor().getOrDefault(graph.input(), PIXELS);
    Range wide = new Range(Math.min(PIXELS.min(), seen.min()), Math.max(PIXELS.max(), seen.max()));
    return of(wide, graph.inputTensor());
  }

  private static PerTensor ofOutput(List<Tensor> tensors, Node node, ActivationRanges ranges)
      throws BenchException {
    Op op = node.op();
    if (op instanceof Op.Softmax) {
      return SOFTMAX;
    }
    if (op instanceof Op.GlobalAveragePool || op instanceof Op.Flatten) {
      // Both only move or average integers, so their ends share one scheme.
      Quantization ofInput = tensors.get(node.inputs().get(0)).quantization();
      return (PerTensor) ofInput;
    }
    Range seen = ranges.of(node.output());
    return of(limited(seen, op.activation()), tensors.get(node.output()));
  }

  private static Range limited(Range seen, Activation activation) {
    return switch (activation) {
      case NONE -> new Range(Math.min(0, seen.min()), Math.max(0, seen.max()));
      case RELU -> new Range(0, Math.max(0, seen.max()));
      case RELU6 -> new Range(0, Math.max(0, Math.min(6, seen.max())));
    };
  }

  private static PerTensor of(Range range, Tensor tensor) throws BenchException {
    float width = range.max() - range.min();
    if (!Float.isFinite(width)) {
      throw new BenchException(
          Stage.QUANTIZE,
          BenchException.Kind.TRIAL,
          "tensor '"
              + tensor.name()
              + "' ranged over ["
              + range.min()
              + ", "
              + range.max()
              + "]: training diverged; try a lower learning rate");
    }
    Range usable = width < NARROWEST ? PIXELS : range;
    float scale = (usable.max() - usable.min()) / (HIGHEST - LOWEST);
    long zeroPoint = Math.round(LOWEST - (double) usable.min() / scale);
    return new PerTensor(scale, (int) Math.max(LOWEST, Math.min(HIGHEST, zeroPoint)));
  }
}
