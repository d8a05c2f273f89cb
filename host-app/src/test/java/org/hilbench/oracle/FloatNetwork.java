package org.hilbench.oracle;

import java.util.HashMap;
import java.util.Map;
import org.hilbench.graph.Activation;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Node;
import org.hilbench.graph.Op;
import org.hilbench.graph.Shape;
import org.hilbench.graph.Weights;
import org.hilbench.graph.Window;

/** Runs a network in floating point with its batch norms unfolded, as training sees it. */
public final class FloatNetwork {
  private final Graph graph;
  private final Weights weights;
  private final Map<Integer, double[]> tensors = new HashMap<>();

  private FloatNetwork(Graph graph, Weights weights) {
    this.graph = graph;
    this.weights = weights;
  }

  /** Values of every tensor, by its id. */
  public static Map<Integer, double[]> run(Graph graph, Weights weights, double[] input) {
    FloatNetwork network = new FloatNetwork(graph, weights);
    network.tensors.put(graph.input(), input);
    for (Node node : graph.nodes()) {
      network.tensors.put(node.output(), network.output(node));
    }
    return network.tensors;
  }

  private double[] output(Node node) {
    if (node.op() instanceof Op.Convolution op) {
      return convolve(node, op);
    }
    if (node.op() instanceof Op.Add) {
      return add(node);
    }
    if (node.op() instanceof Op.GlobalAveragePool) {
      return average(node);
    }
    return node.op() instanceof Op.Softmax ? softmax(read(node, 0)) : read(node, 0);
  }

  private double[] convolve(Node node, Op.Convolution op) {
    Shape in = shape(node.inputs().get(0));
    Shape out = shape(node.output());
    Window w = op.window();
    double[] input = read(node, 0);
    float[] kernel = weights.get(node, "kernel");
    boolean depthwise = op instanceof Op.DepthwiseConv2d;
    int inputs = depthwise ? 1 : in.channels();
    double[] result = new double[Math.toIntExact(out.elements())];
    for (int i = 0; i < result.length; i++) {
      int c = i % out.channels();
      int top = i / out.channels() / out.width() * w.strideHeight() - w.padTop(in.height());
      int left = i / out.channels() % out.width() * w.strideWidth() - w.padLeft(in.width());
      int firstInput = depthwise ? c * in.channels() / out.channels() : 0;
      double sum = 0;
      for (int tap = 0; tap < w.area(); tap++) {
        int y = top + tap / w.kernelWidth() * w.dilationHeight();
        int x = left + tap % w.kernelWidth() * w.dilationWidth();
        boolean inside = y >= 0 && y < in.height() && x >= 0 && x < in.width();
        for (int k = 0; inside && k < inputs; k++) {
          int weight = depthwise ? tap * out.channels() + c : (c * w.area() + tap) * inputs + k;
          sum += kernel[weight] * input[(y * in.width() + x) * in.channels() + firstInput + k];
        }
      }
      result[i] = activated(normalized(node, op, c, sum), op.activation());
    }
    return result;
  }

  private double normalized(Node node, Op.Convolution op, int c, double sum) {
    if (!op.batchNorm()) {
      return sum + weights.get(node, "bias")[c];
    }
    double deviation =
        Math.sqrt(weights.get(node, "variance")[c] + (double) Weights.BATCH_NORM_EPSILON);
    double centred = sum - weights.get(node, "mean")[c];
    return weights.get(node, "gamma")[c] * centred / deviation + weights.get(node, "beta")[c];
  }

  private double[] add(Node node) {
    double[] result = read(node, 0).clone();
    for (int i = 0; i < result.length; i++) {
      result[i] = activated(result[i] + read(node, 1)[i], node.op().activation());
    }
    return result;
  }

  private double[] average(Node node) {
    Shape in = shape(node.inputs().get(0));
    double[] input = read(node, 0);
    double[] result = new double[in.channels()];
    for (int i = 0; i < input.length; i++) {
      result[i % result.length] += input[i] / (in.height() * in.width());
    }
    return result;
  }

  private static double[] softmax(double[] logits) {
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit);
    }
    double[] result = new double[logits.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = Math.exp(logits[i]) / sum;
    }
    return result;
  }

  private static double activated(double value, Activation activation) {
    return switch (activation) {
      case NONE -> value;
      case RELU -> Math.max(0, value);
      case RELU6 -> Math.max(0, Math.min(6, value));
    };
  }

  private double[] read(Node node, int input) {
    double[] values = tensors.get(node.inputs().get(input));
    if (values == null) {
      throw new IllegalStateException("node " + node.id() + " reads what nothing wrote");
    }
    return values;
  }

  private Shape shape(int tensor) {
    return graph.tensors().get(tensor).shape();
  }
}
