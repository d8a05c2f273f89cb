package org.hilbench.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SafetensorsTest {
  private static final Safetensors TWO_ARRAYS =
      new Safetensors(
          Map.of(
              "b", new Safetensors.Array(new int[] {2, 1}, new float[] {1, -2}),
              "a", new Safetensors.Array(new int[] {3}, new float[] {0.5f, Float.MIN_VALUE, 7})),
          Map.of("k", "v"));

  @Test
  void theBytesAreThoseOfTheFormat() {
    byte[] file = TWO_ARRAYS.bytes();
    String header =
        "{\"__metadata__\":{\"k\":\"v\"},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[12,20]}}";
    int padded = (header.length() + 7) / 8 * 8;
    assertEquals(padded, file[0] & 0xff);
    assertEquals(header, new String(file, 8, padded, StandardCharsets.UTF_8).strip());
    assertEquals(8 + padded + 20, file.length);
    assertArrayEquals(
        new byte[] {0, 0, 0, 0x3f}, Arrays.copyOfRange(file, 8 + padded, 12 + padded));
  }

  @Test
  void whatIsWrittenIsReadBack() {
    Safetensors read = Safetensors.parse(TWO_ARRAYS.bytes());
    assertEquals(Map.of("k", "v"), read.metadata());
    Safetensors.Array b = read.arrays().get("b");
    assertArrayEquals(new int[] {2, 1}, b.shape());
    assertArrayEquals(new float[] {1, -2}, b.values());
    assertArrayEquals(TWO_ARRAYS.bytes(), read.bytes());
  }

  @Test
  void aFileCutShortAnywhereIsRefused() {
    byte[] file = TWO_ARRAYS.bytes();
    for (int length = 0; length < file.length; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      assertThrows(IllegalArgumentException.class, () -> Safetensors.parse(cut));
    }
  }

  @Test
  void weightsComeBackWithTheirRangesAndKernelsHaveTheirShape() {
    Op conv = new Op.Conv2d(2, Window.same(3, 1), 1, Activation.RELU, true, DataType.INT8);
    GraphBuilder builder = new GraphBuilder(new Shape(4, 4, 3), DataType.INT8);
    Graph graph = builder.build(builder.add("b1.u0.conv", conv, builder.input()));
    Node node = graph.nodes().get(0);
    Weights weights =
        new Weights(
            Map.of("b1.u0.conv.kernel", new float[54], "b1.u0.conv.gamma", new float[] {1, 2}));
    ActivationRanges ranges =
        new ActivationRanges(Map.of(0, new ActivationRanges.Range(0, 1), 1, range(-0.25f, 6)));
    byte[] file = new WeightsFile(weights, ranges).bytes(graph);
    int[] shape = Safetensors.parse(file).arrays().get("n0.kernel").shape();
    assertArrayEquals(new int[] {2, 3, 3, 3}, shape);
    WeightsFile read = WeightsFile.parse(file, graph);
    assertEquals(ranges, read.ranges());
    assertArrayEquals(new float[] {1, 2}, read.weights().get(node, "gamma"));
    assertArrayEquals(new float[54], read.weights().get(node, "kernel"));
  }

  @Test
  void descriptionsOfOneNetworkShareItsWeightsWhateverTheirLabels() {
    Graph one = twoLayers("b0.u0.conv", "b0.u1.conv");
    Graph other = twoLayers("b0.u0.conv", "b1.u0.conv");
    Weights weights =
        new Weights(
            Map.of("b0.u0.conv.bias", new float[] {1, 2}, "b0.u1.conv.bias", new float[] {3, 4}));
    byte[] file = new WeightsFile(weights, new ActivationRanges(Map.of())).bytes(one);
    Weights read = WeightsFile.parse(file, other).weights();
    assertArrayEquals(new float[] {1, 2}, read.get("b0.u0.conv.bias"));
    assertArrayEquals(new float[] {3, 4}, read.get("b1.u0.conv.bias"));
    Graph smaller = one(new GraphBuilder(new Shape(4, 4, 3), DataType.INT8), "stem");
    assertThrows(IllegalArgumentException.class, () -> WeightsFile.parse(file, smaller));
  }

  private static final Op CONV =
      new Op.Conv2d(2, Window.same(3, 1), 1, Activation.RELU, false, DataType.INT8);

  private static Graph twoLayers(String first, String second) {
    GraphBuilder builder = new GraphBuilder(new Shape(4, 4, 3), DataType.INT8);
    int between = builder.add(first, CONV, builder.input());
    return builder.build(builder.add(second, CONV, between));
  }

  private static Graph one(GraphBuilder builder, String label) {
    return builder.build(builder.add(label, CONV, builder.input()));
  }

  private static ActivationRanges.Range range(float min, float max) {
    return new ActivationRanges.Range(min, max);
  }
}
