package org.hilbench.train;

import java.util.Locale;
import org.hilbench.graph.Activation;
import org.hilbench.graph.DataType;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Node;
import org.hilbench.graph.Op;
import org.hilbench.graph.Padding;
import org.hilbench.graph.Shape;
import org.hilbench.graph.Weights;
import org.hilbench.graph.Window;
import org.hilbench.quantize.FakeQuantization;

/**
 * The ops of a graph as lines of TorchScript, NCHW in channels-last memory, tensor {@code i} in the
 * variable {@code t<i>}, and before its rounding, where it is rounded, in {@code r<i>}.
 *
 * <p>SAME padding is TensorFlow's: where it is uneven, zeros are added to the map first, because
 * PyTorch's own padding is symmetric.
 */
final class GraphScript {
  private static final int CHANNELS_LAST = 2;

  private final Graph graph;
  private final ParameterLayout layout;
  private final boolean training;
  private final String indent;
  private final boolean quantized;
  private final StringBuilder lines = new StringBuilder();
  private boolean channelsLast;

  /**
   * @param training whether batch norm takes its statistics from the batch and keeps them
   * @param quantized whether weights and tensors are rounded as their integers will be
   */
  GraphScript(
      Graph graph, ParameterLayout layout, boolean training, boolean quantized, String indent) {
    this.graph = graph;
    this.layout = layout;
    this.training = training;
    this.quantized = quantized;
    this.indent = indent;
  }

  /** Lines that compute every tensor from {@code inputs}: float, [batch, height, width, C]. */
  String lines() {
    line("t%d = torch.permute(inputs, [0, 3, 1, 2])", graph.input());
    graph.nodes().forEach(this::node);
    return lines.toString();
  }

  /** The variable that holds the scores before any softmax, [batch, classes, 1, 1]. */
  String logits() {
    Node last = graph.nodes().get(graph.nodes().size() - 1);
    int tensor =
        last.op().outputScheme() == Op.OutputScheme.PROBABILITIES
            ? last.inputs().get(0)
            : last.output();
    return "t" + tensor;
  }

  /** The variable that holds a tensor as it was computed, before any rounding. */
  String unrounded(int tensor) {
    boolean rounded =
        graph.nodes().stream().anyMatch(node -> node.output() == tensor && rounded(node));
    return (rounded ? "r" : "t") + tensor;
  }

  private boolean rounded(Node node) {
    return quantized
        && type(node.output()) == DataType.INT8
        && node.op().outputScheme() != Op.OutputScheme.PROBABILITIES;
  }

  private void line(String format, Object... arguments) {
    lines.append(indent).append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }

  private void node(Node node) {
    String in = read(node, 0);
    String out = (rounded(node) ? "r" : "t") + node.output();
    Op op = node.op();
    op.fold(new Lines(node, in, out)).run();
    activation(op.activation(), out);
    if (rounded(node)) {
      round("t" + node.output(), out, node.output());
    }
  }

  /** What writes the lines of one node. */
  private final class Lines implements Op.Cases<Runnable> {
    private final Node node;
    private final String in;
    private final String out;

    Lines(Node node, String in, String out) {
      this.node = node;
      this.in = in;
      this.out = out;
    }

    @Override
    public Runnable conv2d(Op.Conv2d op) {
      return () -> convolution(node, op, in, out);
    }

    @Override
    public Runnable depthwiseConv2d(Op.DepthwiseConv2d op) {
      return () -> convolution(node, op, in, out);
    }

    @Override
    public Runnable add(Op.Add op) {
      return () -> line("%s = torch.add(%s, %s)", out, in, read(node, 1));
    }

    @Override
    public Runnable globalAveragePool(Op.GlobalAveragePool op) {
      return () -> line("%s = torch.mean(%s, [2, 3], True)", out, in);
    }

    @Override
    public Runnable flatten(Op.Flatten op) {
      return () ->
          line(
              "%s = torch.reshape(torch.permute(%s, [0, 2, 3, 1]), [torch.size(%s, 0), -1, 1, 1])",
              out, in, in);
    }

    @Override
    public Runnable softmax(Op.Softmax op) {
      return () -> line("%s = torch.softmax(%s, 1)", out, in);
    }

    @Override
    public Runnable quantize(Op.Quantize op) {
      throw new IllegalArgumentException("a network is trained before QUANTIZE is placed");
    }
  }

  private DataType type(int tensor) {
    return graph.tensors().get(tensor).type();
  }

  /** The variable of an input; int16 is rounded to int8 for a reader in int8. */
  private String read(Node node, int input) {
    int tensor = node.inputs().get(input);
    String name = "t" + tensor;
    if (!quantized || type(tensor) != DataType.INT16 || type(node.output()) == DataType.INT16) {
      return name;
    }
    round(name + "n", name, tensor);
    return name + "n";
  }

  /** The gradient passes where a value is in range. */
  private void round(String to, String from, int tensor) {
    line(
        "%s = torch.fake_quantize_per_tensor_affine(%s, scales[%d], zeroPoints[%d], -128, 127)",
        to, from, tensor, tensor);
  }

  /** The kernel of a node in its integers' steps, the gradient passing straight through. */
  private String kernel(Node node, Op.Convolution op) {
    String kernel = layout.kernel(node);
    if (!quantized) {
      return kernel;
    }
    int limit = FakeQuantization.limit(op.weightType());
    String scale = layout.weightScale(node);
    line("u = torch.clamp(torch.div(%s, %s), -%d., %d.)", kernel, scale, limit, limit);
    line("u = torch.add(u, torch.detach(torch.sub(torch.round(u), u)))");
    line("u = torch.mul(u, %s)", scale);
    return "u";
  }

  private void convolution(Node node, Op.Convolution op, String in, String out) {
    Shape shape = graph.inputShapes(node).get(0);
    Edges edges = Edges.of(op.window(), shape);
    String order = op.depthwise() ? "[3, 0, 1, 2]" : "[0, 3, 1, 2]";
    line("k = torch.permute(%s, %s)", kernel(node, op), order);
    boolean sliced = skipsPixels(op.window());
    if (sliced) {
      slice(in, op.window());
    } else if (!edges.even()) {
      line("p = torch.constant_pad_nd(%s, %s, 0.)", in, edges.all());
    }
    line(
        "%s = torch.conv2d(%s, k, %s, %s, %s, %s, %d)",
        out,
        edges.even() && !sliced ? in : "p",
        op.batchNorm() ? "None" : layout.vector(node, "bias"),
        sliced ? "[1, 1]" : pair(op.window().strideHeight(), op.window().strideWidth()),
        edges.even() ? pair(edges.top(), edges.left()) : "[0, 0]",
        pair(op.window().dilationHeight(), op.window().dilationWidth()),
        op.groups(shape));
    if (!channelsLast) {
      line("%s = torch.contiguous(%s, memory_format=%d)", out, out, CHANNELS_LAST);
      channelsLast = true;
    }
    if (op.batchNorm()) {
      batchNorm(node, out);
    }
  }

  /** A window of one pixel that moves on by more. */
  private static boolean skipsPixels(Window window) {
    boolean one = window.kernelHeight() == 1 && window.kernelWidth() == 1;
    return one && (window.strideHeight() > 1 || window.strideWidth() > 1);
  }

  /**
   * The pixels that it meets, so that the convolution itself has stride 1: the gradient of such a
   * convolution with a stride corrupts the heap of the PyTorch 2.7.1 that DJL brings.
   */
  private void slice(String in, Window window) {
    line("p = torch.slice(%s, 2, None, None, %d)", in, window.strideHeight());
    line("p = torch.slice(p, 3, None, None, %d)", window.strideWidth());
    line("p = torch.contiguous(p, memory_format=%d)", CHANNELS_LAST);
  }

  private void batchNorm(Node node, String out) {
    line(
        "%s = torch.batch_norm(%s, %s, %s, %s, %s, %s, 0.1, %s, False)",
        out,
        out,
        layout.vector(node, "gamma"),
        layout.vector(node, "beta"),
        layout.statistic(node, "mean"),
        layout.statistic(node, "variance"),
        training ? "True" : "False",
        Float.toString(Weights.BATCH_NORM_EPSILON));
  }

  private static String pair(int first, int second) {
    return "[" + first + ", " + second + "]";
  }

  /** Zeros in front of and behind the rows and columns of a feature map. */
  private record Edges(int top, int bottom, int left, int right) {
    static Edges of(Window window, Shape in) {
      Padding padding = window.padding();
      int top = window.padTop(in.height());
      int left = window.padLeft(in.width());
      int rows =
          padding.total(
              in.height(), window.kernelHeight(), window.strideHeight(), window.dilationHeight());
      int columns =
          padding.total(
              in.width(), window.kernelWidth(), window.strideWidth(), window.dilationWidth());
      return new Edges(top, rows - top, left, columns - left);
    }

    boolean even() {
      return top == bottom && left == right;
    }

    String all() {
      return "[" + left + ", " + right + ", " + top + ", " + bottom + "]";
    }
  }

  private void activation(Activation activation, String out) {
    switch (activation) {
      case NONE -> {}
      case RELU -> line("%s = torch.relu_(%s)", out, out);
      case RELU6 -> line("%s = torch.hardtanh(%s, 0., 6.)", out, out);
    }
  }
}
