package org.hilbench.space;

import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.hilbench.Sha256;
import org.hilbench.graph.DataType;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Node;
import org.hilbench.graph.Op;
import org.hilbench.graph.Window;

/**
 * Hash of a graph's structure: its ops with their attributes and who reads whom, without shapes and
 * names. The text that is hashed is part of the storage format: never change it, only add to it for
 * ops and attributes that are new.
 */
final class GraphHash {
  private GraphHash() {}

  static String of(Graph graph) {
    String text =
        graph.nodes().stream().map(node -> line(graph, node)).collect(Collectors.joining());
    return HexFormat.of().formatHex(Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** A tensor is named by the node that writes it; tensor 0 is the input. */
  private static String line(Graph graph, Node node) {
    String reads =
        node.inputs().stream().sorted().map(String::valueOf).collect(Collectors.joining(","));
    boolean wide = graph.tensors().get(node.output()).type() == DataType.INT16;
    String type = wide ? " " + DataType.INT16 : "";
    return node.output() + "=" + attributes(node.op()) + type + "(" + reads + ")\n";
  }

  private static String attributes(Op op) {
    if (op instanceof Op.Conv2d conv) {
      return "conv " + conv.filters() + " groups " + conv.groups() + convolution(conv);
    }
    if (op instanceof Op.DepthwiseConv2d depthwise) {
      return "depthwise " + depthwise.depthMultiplier() + convolution(depthwise);
    }
    if (op instanceof Op.Add add) {
      return "add " + add.activation();
    }
    return withoutAttributes((Record) op);
  }

  /** Only of an op that has none: what the hash leaves out takes another network's weights. */
  static String withoutAttributes(Record op) {
    String name = op.getClass().getSimpleName();
    RecordComponent[] left = op.getClass().getRecordComponents();
    if (left.length > 0) {
      throw new IllegalArgumentException(
          name + "'s attributes " + Arrays.toString(left) + " have no text in GraphHash; add one");
    }
    return name;
  }

  private static String convolution(Op.Convolution op) {
    Window window = op.window();
    return " "
        + String.join(
            " ",
            window.kernelHeight() + "x" + window.kernelWidth(),
            "/" + window.strideHeight() + "x" + window.strideWidth(),
            "*" + window.dilationHeight() + "x" + window.dilationWidth(),
            window.padding().name(),
            op.activation().name(),
            op.batchNorm() ? "bn" : "bias",
            op.weightType().name());
  }
}
