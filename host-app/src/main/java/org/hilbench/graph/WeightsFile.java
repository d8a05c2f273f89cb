package org.hilbench.graph;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Trained weights and the activation ranges of a network in one {@link Safetensors} file: an array
 * for each of {@link Weights}' names, kernels with their OHWI shape (depthwise 1HWC), and {@code
 * ranges} of shape [n, 3] with tensor id, smallest and largest value.
 */
public record WeightsFile(Weights weights, ActivationRanges ranges) {
  private static final String RANGES = "ranges";

  /** The file for weights of this graph. */
  public byte[] bytes(Graph graph) {
    Map<String, Safetensors.Array> arrays = new TreeMap<>();
    for (String name : weights.names()) {
      float[] values = weights.get(name);
      arrays.put(name, new Safetensors.Array(shape(graph, name, values.length), values));
    }
    arrays.put(RANGES, rangeArray());
    return new Safetensors(arrays, Map.of("format", "hilbench weights 1")).bytes();
  }

  public static WeightsFile parse(byte[] file) {
    Map<String, float[]> weights = new LinkedHashMap<>();
    Safetensors parsed = Safetensors.parse(file);
    parsed.arrays().forEach((name, array) -> weights.put(name, array.values()));
    float[] rows = weights.remove(RANGES);
    if (rows == null || rows.length % 3 != 0) {
      throw new IllegalArgumentException("weights file: the array '" + RANGES + "' is missing");
    }
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

  private static int[] shape(Graph graph, String name, int length) {
    int dot = name.indexOf('.');
    Node node = graph.nodes().get(Integer.parseInt(name.substring(1, dot)));
    return name.endsWith(".kernel") && node.op() instanceof Op.Convolution convolution
        ? kernelShape(convolution, graph.tensors().get(node.output()).shape().channels(), length)
        : new int[] {length};
  }

  private static int[] kernelShape(Op.Convolution convolution, int outputs, int length) {
    int height = convolution.window().kernelHeight();
    int width = convolution.window().kernelWidth();
    int outer = convolution instanceof Op.DepthwiseConv2d ? 1 : outputs;
    return new int[] {outer, height, width, length / (outer * height * width)};
  }
}
