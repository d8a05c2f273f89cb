package org.hilbench.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A graph with a QUANTIZE wherever an op would read another type than it writes: every op computes
 * in the type of its output. A tensor is changed once to each type, however many ops read it.
 *
 * <p>A graph of one width comes out as it was.
 *
 * @param graph with the ops placed
 * @param tensorOrigins for each tensor of {@code graph} the tensor before with the same values
 */
public record WidthChanges(Graph graph, List<Integer> tensorOrigins) {
  public WidthChanges {
    tensorOrigins = List.copyOf(tensorOrigins);
  }

  /** Places them. */
  public static WidthChanges in(Graph graph) {
    return new Placing(graph).place();
  }

  private static final class Placing {
    private final Graph before;
    private final GraphBuilder builder;
    private final List<Integer> tensorOrigins = new ArrayList<>();
    private final int[] placed;
    private final Map<Integer, Map<DataType, Integer>> changed = new HashMap<>();

    Placing(Graph before) {
      this.before = before;
      builder = new GraphBuilder(before.inputTensor().shape(), before.inputTensor().type());
      placed = new int[before.tensors().size()];
      placed[before.input()] = builder.input();
      tensorOrigins.add(before.input());
    }

    WidthChanges place() {
      for (Node node : before.nodes()) {
        DataType type = before.tensors().get(node.output()).type();
        int[] inputs = node.inputs().stream().mapToInt(read -> in(type, read)).toArray();
        placed[node.output()] = builder.add(node.label(), node.op(), type, inputs);
        tensorOrigins.add(node.output());
      }
      return new WidthChanges(builder.build(placed[before.output()]), tensorOrigins);
    }

    private int in(DataType type, int tensor) {
      if (builder.type(placed[tensor]) == type) {
        return placed[tensor];
      }
      return changed
          .computeIfAbsent(tensor, unseen -> new HashMap<>())
          .computeIfAbsent(type, unseen -> quantize(type, tensor));
    }

    private int quantize(DataType type, int tensor) {
      tensorOrigins.add(tensor);
      String label = "t" + tensor + "." + type.name().toLowerCase(Locale.ROOT);
      return builder.add(label, new Op.Quantize(), type, placed[tensor]);
    }
  }
}
