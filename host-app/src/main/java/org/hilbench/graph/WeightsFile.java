package org.hilbench.graph;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Trained weights and the activation ranges of a network in one {@link Safetensors} file: an array
 * for each of {@link Weights}' arrays, kernels with their OHWI shape (depthwise 1HWC), and {@code
 * ranges} of shape [n, 3] with tensor id, smallest and largest value.
 *
 * <p>In the file a node is named by its id, {@code n3.kernel}: two descriptions of one network have
 * one hash and share what was trained, but they label its nodes differently.
 */
public record WeightsFile(Weights weights, ActivationRanges ranges) {
  private static final String RANGES = "ranges";
  private static final Pattern STORED = Pattern.compile("n([0-9]{1,6})[.]([a-z]+)");

  /** The file for weights of this graph. */
  public byte[] bytes(Graph graph) {
    Map<String, Safetensors.Array> arrays = new TreeMap<>();
    for (String name : weights.names()) {
      int dot = name.lastIndexOf('.');
      Node node = graph.node(name.substring(0, dot));
      String role = name.substring(dot + 1);
      float[] values = weights.get(name);
      int[] shape = shape(graph, node, role, values.length);
      arrays.put("n" + node.id() + "." + role, new Safetensors.Array(shape, values));
    }
    arrays.put(RANGES, rangeArray());
    return new Safetensors(arrays, Map.of("format", "hilbench weights 1")).bytes();
  }

  /**
   * Reads a file that was written for a graph of the same hash.
   *
   * @throws IllegalArgumentException if it is damaged, or of another network
   */
  public static WeightsFile parse(byte[] file, Graph graph) {
    Map<String, Safetensors.Array> arrays = new TreeMap<>(Safetensors.parse(file).arrays());
    Safetensors.Array table = arrays.remove(RANGES);
    if (table == null || table.values().length % 3 != 0) {
      throw new IllegalArgumentException("weights file: the array '" + RANGES + "' is missing");
    }
    Map<String, float[]> weights = new LinkedHashMap<>();
    arrays.forEach((name, array) -> weights.put(labelled(graph, name), array.values()));
    float[] rows = table.values();
    Map<Integer, ActivationRanges.Range> ranges = new TreeMap<>();
    for (int row = 0; row < rows.length; row += 3) {
      ranges.put((int) rows[row], new ActivationRanges.Range(rows[row + 1], rows[row + 2]));
    }
    return new WeightsFile(new Weights(weights), new ActivationRanges(ranges));
  }

  private Safetensors.Array rangeArray() {
    Map<Integer, ActivationRanges.Range> sorted = new TreeMap<>(ranges.byTensor());
    float[] rows = new float[sorted.size() * 3];
    int at = 0;
    for (Map.Entry<Integer, ActivationRanges.Range> entry : sorted.entrySet()) {
      rows[at++] = entry.getKey();
      rows[at++] = entry.getValue().min();
      rows[at++] = entry.getValue().max();
    }
    return new Safetensors.Array(new int[] {sorted.size(), 3}, rows);
  }

  private static String labelled(Graph graph, String name) {
    Matcher stored = STORED.matcher(name);
    int nodes = graph.nodes().size();
    if (!stored.matches() || Integer.parseInt(stored.group(1)) >= nodes) {
      throw new IllegalArgumentException(
          "weights file: the array '"
              + name
              + "' belongs to none of the network's "
              + nodes
              + " nodes");
    }
    return Weights.name(graph.nodes().get(Integer.parseInt(stored.group(1))), stored.group(2));
  }

  private static int[] shape(Graph graph, Node node, String role, int length) {
    return role.equals("kernel") && node.op() instanceof Op.Convolution convolution
        ? ints(convolution.kernelShape(graph.inputShapes(node).get(0)))
        : new int[] {length};
  }

  private static int[] ints(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }
}
