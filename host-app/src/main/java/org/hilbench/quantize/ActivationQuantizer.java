package org.hilbench.quantize;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
import org.hilbench.graph.WidthChanges;

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

  private static final Range UNIT = new Range(0, 1);
  private static final int LOWEST = -128;
  private static final int HIGHEST = 127;
  private static final int HIGHEST_INT16 = 32767;

  /** Tensors that hardly move (dead ones) get the range [0, 1]: a tiny scale would overflow. */
  private static final float NARROWEST = 1e-5f;

  private final Graph network;
  private final ActivationRanges ranges;

  private ActivationQuantizer(Graph network, ActivationRanges ranges) {
    this.network = network;
    this.ranges = ranges;
  }

  /**
   * The network with a QUANTIZE at each change of width, and a scheme for each tensor.
   *
   * @param ranges by the tensors of {@code network}
   */
  static WidthChanges quantize(Graph network, ActivationRanges ranges) throws BenchException {
    return new ActivationQuantizer(network, ranges).quantize(WidthChanges.in(integers(network)));
  }

  /** The int8 scheme that each tensor of the network has, or would have if it were int8. */
  static Map<Integer, PerTensor> int8(Graph network, ActivationRanges ranges)
      throws BenchException {
    ActivationQuantizer quantizer = new ActivationQuantizer(network, ranges);
    Map<Integer, PerTensor> schemes = new TreeMap<>();
    schemes.put(
        network.input(), asymmetric(quantizer.usable(network.input()), network.inputTensor()));
    for (Node node : network.nodes()) {
      Tensor output = network.tensors().get(node.output());
      boolean fixed = node.op().outputScheme() == Op.OutputScheme.PROBABILITIES;
      schemes.put(output.id(), fixed ? SOFTMAX : asymmetric(quantizer.usable(output.id()), output));
    }
    return schemes;
  }

  /** Tensors whose type was left open become int8. */
  private static Graph integers(Graph graph) {
    List<Tensor> tensors =
        graph.tensors().stream()
            .map(
                tensor ->
                    tensor.type() == DataType.FLOAT32
                        ? tensor.quantized(DataType.INT8, Quantization.NONE)
                        : tensor)
            .toList();
    return new Graph(tensors, graph.nodes(), graph.input(), graph.output());
  }

  private WidthChanges quantize(WidthChanges changes) throws BenchException {
    Graph graph = changes.graph();
    List<Tensor> tensors = new ArrayList<>(graph.tensors());
    quantizeTensor(tensors, graph.input(), usable(network.input()));
    for (Node node : graph.nodes()) {
      int output = node.output();
      switch (node.op().outputScheme()) {
        case PROBABILITIES ->
            tensors.set(output, tensors.get(output).quantized(DataType.INT8, SOFTMAX));
        case THE_INPUTS -> {
          Tensor input = tensors.get(node.inputs().get(0));
          tensors.set(output, tensors.get(output).quantized(input.type(), input.quantization()));
        }
        case ITS_OWN ->
            quantizeTensor(tensors, output, usable(changes.tensorOrigins().get(output)));
      }
    }
    return new WidthChanges(
        new Graph(tensors, graph.nodes(), graph.input(), graph.output()), changes.tensorOrigins());
  }

  private static void quantizeTensor(List<Tensor> tensors, int id, Range range)
      throws BenchException {
    Tensor tensor = tensors.get(id);
    PerTensor scheme =
        switch (tensor.type()) {
          case INT8 -> asymmetric(range, tensor);
          case INT16 -> symmetric(range, tensor);
          default ->
              throw new IllegalArgumentException(
                  "tensor '"
                      + tensor.name()
                      + "' wants "
                      + tensor.type()
                      + "; activations are INT8 or INT16");
        };
    tensors.set(id, tensor.quantized(tensor.type(), scheme));
  }

  /** The range that the integers of a tensor of the network have to span. */
  private Range usable(int tensor) {
    if (tensor == network.input()) {
      return limited(ranges.byTensor().getOrDefault(tensor, UNIT), Activation.NONE);
    }
    Node writer =
        network.nodes().stream()
            .filter(node -> node.output() == tensor)
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("nothing writes tensor " + tensor));
    return writer.op().outputScheme() == Op.OutputScheme.THE_INPUTS
        ? usable(writer.inputs().get(0))
        : limited(ranges.of(tensor), writer.op().activation());
  }

  private static Range limited(Range seen, Activation activation) {
    return switch (activation) {
      case NONE -> new Range(Math.min(0, seen.min()), Math.max(0, seen.max()));
      case RELU -> new Range(0, Math.max(0, seen.max()));
      case RELU6 -> new Range(0, Math.max(0, Math.min(6, seen.max())));
    };
  }

  private static PerTensor asymmetric(Range range, Tensor tensor) throws BenchException {
    Range usable = wideEnough(range, tensor);
    float scale = (usable.max() - usable.min()) / (HIGHEST - LOWEST);
    long zeroPoint = Math.round(LOWEST - (double) usable.min() / scale);
    return new PerTensor(scale, (int) Math.max(LOWEST, Math.min(HIGHEST, zeroPoint)));
  }

  /** TensorFlow Lite's scheme for int16: the zero point is 0. */
  private static PerTensor symmetric(Range range, Tensor tensor) throws BenchException {
    Range usable = wideEnough(range, tensor);
    return new PerTensor(Math.max(-usable.min(), usable.max()) / HIGHEST_INT16, 0);
  }

  private static Range wideEnough(Range range, Tensor tensor) throws BenchException {
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
    return width < NARROWEST ? UNIT : range;
  }
}
