package org.hilbench.oracle;

import java.util.HashMap;
import java.util.Map;
import org.hilbench.graph.Activation;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Node;
import org.hilbench.graph.Op;
import org.hilbench.graph.Quantization.PerTensor;
import org.hilbench.graph.Shape;
import org.hilbench.oracle.FixedPoint.Multiplier;
import org.hilbench.quantize.QuantizedModel;
import org.hilbench.quantize.QuantizedParameters;

/** Runs an int8 network by the definitions of TensorFlow Lite's 8-bit specification, plainly. */
public final class IntegerOracle {
  private final QuantizedModel model;
  private final Graph graph;
  private final Map<Integer, byte[]> tensors = new HashMap<>();

  private IntegerOracle(QuantizedModel model) {
    this.model = model;
    this.graph = model.graph();
  }

  /** Bytes of every tensor of the graph, by its id. */
  public static Map<Integer, byte[]> run(QuantizedModel model, byte[] input) {
    IntegerOracle oracle = new IntegerOracle(model);
    oracle.tensors.put(oracle.graph.input(), input);
    for (Node node : oracle.graph.nodes()) {
      oracle.tensors.put(node.output(), oracle.output(node));
    }
    return oracle.tensors;
  }

  private byte[] output(Node node) {
    Op op = node.op();
    if (op instanceof Op.Convolution convolution) {
      return convolve(node, convolution);
    }
    if (op instanceof Op.Add) {
      return add(node);
    }
    if (op instanceof Op.GlobalAveragePool) {
      return average(node);
    }
    if (op instanceof Op.Softmax) {
      return SoftmaxOracle.run(read(node, 0), quantization(node.inputs().get(0)).scale());
    }
    if (op instanceof Op.Flatten) {
      return read(node, 0).clone();
    }
    throw new IllegalArgumentException("no definition for " + op);
  }

  private byte[] convolve(Node node, Op.Convolution op) {
    Shape in = shape(node.inputs().get(0));
    Shape out = shape(node.output());
    PerTensor from = quantization(node.inputs().get(0));
    PerTensor to = quantization(node.output());
    QuantizedParameters parameters = model.of(node);
    ConvolutionOracle sums =
        new ConvolutionOracle(op, in, out, parameters.weights(), read(node, 0), from.zeroPoint());
    byte[] result = new byte[Math.toIntExact(out.elements())];
    for (int c = 0; c < out.channels(); c++) {
      float weightScale = parameters.weightQuantization().scales().get(c);
      Multiplier factor = Multiplier.of((double) from.scale() * weightScale / to.scale());
      for (int at = c; at < result.length; at += out.channels()) {
        int sum = parameters.bias()[c] + sums.at(at);
        result[at] = activated(factor.times(sum) + to.zeroPoint(), op.activation(), to);
      }
    }
    return result;
  }

  private byte[] add(Node node) {
    PerTensor a = quantization(node.inputs().get(0));
    PerTensor b = quantization(node.inputs().get(1));
    PerTensor to = quantization(node.output());
    double twiceLarger = 2.0 * Math.max(a.scale(), b.scale());
    Multiplier factorA = Multiplier.of(a.scale() / twiceLarger);
    Multiplier factorB = Multiplier.of(b.scale() / twiceLarger);
    Multiplier factorOut = Multiplier.of(twiceLarger / ((1 << 20) * (double) to.scale()));
    byte[] left = read(node, 0);
    byte[] right = read(node, 1);
    byte[] result = new byte[left.length];
    for (int i = 0; i < result.length; i++) {
      int sum =
          factorA.times((left[i] - a.zeroPoint()) << 20)
              + factorB.times((right[i] - b.zeroPoint()) << 20);
      result[i] = activated(factorOut.times(sum) + to.zeroPoint(), node.op().activation(), to);
    }
    return result;
  }

  private byte[] average(Node node) {
    Shape in = shape(node.inputs().get(0));
    byte[] input = read(node, 0);
    int count = in.height() * in.width();
    byte[] result = new byte[in.channels()];
    for (int c = 0; c < result.length; c++) {
      int sum = 0;
      for (int i = c; i < input.length; i += in.channels()) {
        sum += input[i];
      }
      result[c] = (byte) ((sum + (sum > 0 ? count / 2 : -(count / 2))) / count);
    }
    return result;
  }

  private static byte activated(int value, Activation activation, PerTensor to) {
    int lowest = activation == Activation.NONE ? -128 : Math.max(-128, to.zeroPoint());
    int highest = 127;
    if (activation == Activation.RELU6) {
      highest = Math.min(127, to.zeroPoint() + Math.round(6f / to.scale()));
    }
    return (byte) Math.max(lowest, Math.min(highest, value));
  }

  private byte[] read(Node node, int input) {
    byte[] bytes = tensors.get(node.inputs().get(input));
    if (bytes == null) {
      throw new IllegalStateException("node " + node.id() + " reads what nothing wrote");
    }
    return bytes;
  }

  private Shape shape(int tensor) {
    return graph.tensors().get(tensor).shape();
  }

  private PerTensor quantization(int tensor) {
    return model.quantization(tensor);
  }
}
