package org.hilbench.space;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
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

  static String attributes(Op op) {
    return op.fold(TEXT);
  }

  /**
   * The texts of the ops that there were before {@link #components}: stored hashes are made of
   * them. An op that is new takes its components.
   */
  private static final Op.Cases<String> TEXT =
      new Op.Cases<>() {
        @Override
        public String conv2d(Op.Conv2d op) {
          return "conv " + op.filters() + " groups " + op.groups() + convolution(op);
        }

        @Override
        public String depthwiseConv2d(Op.DepthwiseConv2d op) {
          return "depthwise " + op.depthMultiplier() + convolution(op);
        }

        @Override
        public String add(Op.Add op) {
          return "add " + op.activation();
        }

        @Override
        public String globalAveragePool(Op.GlobalAveragePool op) {
          return components(op);
        }

        @Override
        public String flatten(Op.Flatten op) {
          return components(op);
        }

        @Override
        public String softmax(Op.Softmax op) {
          return components(op);
        }

        @Override
        public String quantize(Op.Quantize op) {
          return components(op);
        }
      };

  /** The record's name and all its components with their names, records among them alike. */
  static String components(Record op) {
    StringBuilder text = new StringBuilder(op.getClass().getSimpleName());
    for (RecordComponent component : op.getClass().getRecordComponents()) {
      Object value = value(op, component);
      String shown = value instanceof Record inner ? "(" + components(inner) + ")" : "" + value;
      text.append(' ').append(component.getName()).append('=').append(shown);
    }
    return text.toString();
  }

  private static Object value(Record op, RecordComponent component) {
    try {
      Method accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(op);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component + " of " + op, e);
    }
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
