package org.hilbench.oracle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.hilbench.graph.Activation;
import org.hilbench.graph.DataType;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Node;
import org.hilbench.graph.Op;
import org.hilbench.graph.Quantization.PerTensor;
import org.hilbench.graph.Shape;
import org.hilbench.oracle.FixedPoint.Multiplier;
import org.hilbench.quantize.QuantizedModel;
import org.hilbench.quantize.QuantizedParameters;

/**
 * Runs a network of int8 or int4 weights and int8 or int16 activations by the definitions of
 * TensorFlow Lite's specification, plainly.
 */
public final class IntegerOracle {
  private final QuantizedModel model;
  private final Graph graph;
  private final Map<Integer, int[]> tensors = new HashMap<>();

  private IntegerOracle(QuantizedModel model) {
    this.model = model;
    this.graph = model.graph();
  }

  /** Bytes of every tensor of the graph, by its id; int16 is little endian. */
  public static Map<Integer, byte[]> run(QuantizedModel model, byte[] input) {
    IntegerOracle oracle = new IntegerOracle(model);
    int[] values = new int[input.length];
    Arrays.setAll(values, i -> input[i]);
    oracle.tensors.put(oracle.graph.input(), values);
    for (Node node : oracle.graph.nodes()) {
      oracle.tensors.put(node.output(), oracle.output(node));
    }
    Map<Integer, byte[]> bytes = new HashMap<>();
    oracle.tensors.forEach((tensor, held) -> bytes.put(tensor, oracle.bytes(tensor, held)));
    return bytes;
  }

  private byte[] bytes(int tensor, int[] values) {
    boolean wide = wide(tensor);
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * (wide ? 2 : 1)).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      if (wide) {
        bytes.putShort((short) value);
      } else {
        bytes.put((byte) value);
      }
    }
    return bytes.array();
  }

  private boolean wide(int tensor) {
    return graph.tensors().get(tensor).type() == DataType.INT16;
  }

  private int[] output(Node node) {
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
      return softmax(node);
    }
    if (op instanceof Op.Flatten) {
      return read(node, 0).clone();
    }
    if (op instanceof Op.Quantize) {
      return quantize(node);
    }
    throw new IllegalArgumentException("no definition for " + op);
  }

  private int[] convolve(Node node, Op.Convolution op) {
    Shape in = shape(node.inputs().get(0));
    Shape out = shape(node.output());
    PerTensor from = quantization(node.inputs().get(0));
    PerTensor to = quantization(node.output());
    QuantizedParameters parameters = model.of(node);
    ConvolutionOracle sums =
        new ConvolutionOracle(op, in, out, parameters.weights(), read(node, 0), from.zeroPoint());
    int[] result = new int[Math.toIntExact(out.elements())];
    for (int c = 0; c < out.channels(); c++) {
      float weightScale = parameters.weightQuantization().scales().get(c);
      Multiplier factor = Multiplier.of((double) from.scale() * weightScale / to.scale());
      for (int at = c; at < result.length; at += out.channels()) {
        long sum = parameters.bias()[c] + sums.at(at);
        long scaled = wide(node.output()) ? factor.timesWide(sum) : factor.times((int) sum);
        result[at] = activated(scaled + to.zeroPoint(), node);
      }
    }
    return result;
  }

  private int[] add(Node node) {
    PerTensor a = quantization(node.inputs().get(0));
    PerTensor b = quantization(node.inputs().get(1));
    PerTensor to = quantization(node.output());
    int headroom = wide(node.output()) ? 15 : 20;
    double twiceLarger = 2.0 * Math.max(a.scale(), b.scale());
    Multiplier factorA = Multiplier.of(a.scale() / twiceLarger);
    Multiplier factorB = Multiplier.of(b.scale() / twiceLarger);
    Multiplier factorOut = Multiplier.of(twiceLarger / ((1 << headroom) * (double) to.scale()));
    int[] left = read(node, 0);
    int[] right = read(node, 1);
    int[] result = new int[left.length];
    for (int i = 0; i < result.length; i++) {
      int sum =
          factorA.times((left[i] - a.zeroPoint()) << headroom)
              + factorB.times((right[i] - b.zeroPoint()) << headroom);
      result[i] = activated(factorOut.times(sum) + to.zeroPoint(), node);
    }
    return result;
  }

  private int[] average(Node node) {
    Shape in = shape(node.inputs().get(0));
    int[] input = read(node, 0);
    int count = in.height() * in.width();
    int[] result = new int[in.channels()];
    for (int c = 0; c < result.length; c++) {
      int sum = 0;
      for (int i = c; i < input.length; i += in.channels()) {
        sum += input[i];
      }
      result[c] = (sum + (sum > 0 ? count / 2 : -(count / 2))) / count;
    }
    return result;
  }

  private int[] softmax(Node node) {
    byte[] logits = bytes(node.inputs().get(0), read(node, 0));
    byte[] shares = SoftmaxOracle.run(logits, quantization(node.inputs().get(0)).scale());
    int[] result = new int[shares.length];
    Arrays.setAll(result, i -> shares[i]);
    return result;
  }

  private int[] quantize(Node node) {
    PerTensor from = quantization(node.inputs().get(0));
    PerTensor to = quantization(node.output());
    Multiplier factor = Multiplier.of((double) from.scale() / to.scale());
    int[] input = read(node, 0);
    int[] result = new int[input.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = activated(factor.times(input[i] - from.zeroPoint()) + to.zeroPoint(), node);
    }
    return result;
  }

  private int activated(long value, Node node) {
    PerTensor to = quantization(node.output());
    Activation activation = node.op().activation();
    int least = wide(node.output()) ? -32768 : -128;
    int most = wide(node.output()) ? 32767 : 127;
    int lowest = activation == Activation.NONE ? least : Math.max(least, to.zeroPoint());
    int highest = most;
    if (activation == Activation.RELU6) {
      highest = Math.min(most, to.zeroPoint() + Math.round(6f / to.scale()));
    }
    return (int) Math.max(lowest, Math.min(highest, value));
  }

  private int[] read(Node node, int input) {
    int[] values = tensors.get(node.inputs().get(input));
    if (values == null) {
      throw new IllegalStateException("node " + node.id() + " reads what nothing wrote");
    }
    return values;
  }

  private Shape shape(int tensor) {
    return graph.tensors().get(tensor).shape();
  }

  private PerTensor quantization(int tensor) {
    return model.quantization(tensor);
  }
}
