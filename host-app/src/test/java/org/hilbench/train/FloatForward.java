package org.hilbench.train;

import org.hilbench.graph.Activation;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Node;
import org.hilbench.graph.Op;
import org.hilbench.graph.Shape;
import org.hilbench.graph.Weights;
import org.hilbench.graph.Window;

/**
 * The plainest float inference of a graph with batch norm, one image, written from TFLite's spec.
 */
final class FloatForward {
  private final Graph graph;
  private final Weights weights;

  FloatForward(Graph graph, Weights weights) {
    this.graph = graph;
    this.weights = weights;
  }

  /** Every tensor, HWC, by id. */
  double[][] tensors(double[] image) {
    double[][] tensors = new double[graph.tensors().size()][];
    tensors[graph.input()] = image;
    for (Node node : graph.nodes()) {
      double[] in = tensors[node.inputs().get(0)];
      double[] out = run(node, in, tensors);
      for (int i = 0; i < out.length; i++) {
        out[i] = activate(node.op().activation(), out[i]);
      }
      tensors[node.output()] = out;
    }
    return tensors;
  }

  private double[] run(Node node, double[] in, double[][] tensors) {
    if (node.op() instanceof Op.Convolution convolution) {
      return convolve(node, convolution, in);
    }
    if (node.op() instanceof Op.Add) {
      double[] other = tensors[node.inputs().get(1)];
      double[] out = in.clone();
      for (int i = 0; i < out.length; i++) {
        out[i] += other[i];
      }
      return out;
    }
    if (node.op() instanceof Op.GlobalAveragePool) {
      return average(in, graph.inputShapes(node).get(0));
    }
    return node.op() instanceof Op.Softmax ? softmax(in) : in.clone();
  }

  private double[] convolve(Node node, Op.Convolution op, double[] in) {
    Shape from = graph.inputShapes(node).get(0);
    Shape to = graph.tensors().get(node.output()).shape();
    double[] out = new double[(int) to.elements()];
    for (int y = 0; y < to.height(); y++) {
      for (int x = 0; x < to.width(); x++) {
        for (int c = 0; c < to.channels(); c++) {
          double sum = sum(node, op, in, from, to, y, x, c);
          out[(y * to.width() + x) * to.channels() + c] = normalize(node, op, sum, c);
        }
      }
    }
    return out;
  }

  private double sum(
      Node node, Op.Convolution op, double[] in, Shape from, Shape to, int y, int x, int c) {
    Window window = op.window();
    float[] kernel = weights.get(node, "kernel");
    boolean depthwise = op instanceof Op.DepthwiseConv2d;
    int groups = depthwise ? from.channels() : ((Op.Conv2d) op).groups();
    int depth = from.channels() / groups;
    int firstChannel = c / (to.channels() / groups) * depth;
    double sum = 0;
    for (int ky = 0; ky < window.kernelHeight(); ky++) {
      int iy =
          y * window.strideHeight() - window.padTop(from.height()) + ky * window.dilationHeight();
      for (int kx = 0; kx < window.kernelWidth(); kx++) {
        int ix =
            x * window.strideWidth() - window.padLeft(from.width()) + kx * window.dilationWidth();
        if (iy < 0 || iy >= from.height() || ix < 0 || ix >= from.width()) {
          continue;
        }
        int tap = ky * window.kernelWidth() + kx;
        for (int i = 0; i < depth; i++) {
          int at = depthwise ? tap * to.channels() + c : (c * window.area() + tap) * depth + i;
          sum += kernel[at] * in[(iy * from.width() + ix) * from.channels() + firstChannel + i];
        }
      }
    }
    return sum;
  }

  private double normalize(Node node, Op.Convolution op, double sum, int c) {
    if (!op.batchNorm()) {
      return sum + weights.get(node, "bias")[c];
    }
    double deviation =
        Math.sqrt(weights.get(node, "variance")[c] + (double) Weights.BATCH_NORM_EPSILON);
    double centred = sum - weights.get(node, "mean")[c];
    return centred / deviation * weights.get(node, "gamma")[c] + weights.get(node, "beta")[c];
  }

  private static double[] average(double[] in, Shape shape) {
    double[] out = new double[shape.channels()];
    for (int i = 0; i < in.length; i++) {
      out[i % shape.channels()] += in[i] / (shape.height() * shape.width());
    }
    return out;
  }

  private static double[] softmax(double[] in) {
    double[] out = new double[in.length];
    double sum = 0;
    for (int i = 0; i < in.length; i++) {
      out[i] = Math.exp(in[i]);
      sum += out[i];
    }
    for (int i = 0; i < in.length; i++) {
      out[i] /= sum;
    }
    return out;
  }

  private static double activate(Activation activation, double value) {
    return switch (activation) {
      case NONE -> value;
      case RELU -> Math.max(0, value);
      case RELU6 -> Math.min(6, Math.max(0, value));
    };
  }
}
