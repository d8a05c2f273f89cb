package org.hilbench.space.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import org.hilbench.graph.Activation;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Node;
import org.hilbench.graph.Op;
import org.hilbench.graph.Shape;
import org.hilbench.space.Spaces;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageNetworkTest {
  private static final Shape IMAGE = new Shape(28, 28, 1);

  private static final Stem STEM = new Stem(3, 8, 2, Activation.RELU);

  private static final ImageNetwork EVERY_KIND =
      new ImageNetwork(
          STEM,
          List.of(
              block(BlockKind.CONV, 16, 1, 2, 1),
              block(BlockKind.SEPARABLE, 24, 1, 1, 2),
              block(BlockKind.INVERTED, 24, 3, 1, 2)));

  private static Block block(BlockKind kind, int width, int expansion, int stride, int repeats) {
    return new Block(kind, 3, width, expansion, stride, repeats, Activation.RELU);
  }

  private static ImageNetwork of(Block... blocks) {
    return new ImageNetwork(STEM, List.of(blocks));
  }

  private static String ops(Graph graph) {
    return graph.nodes().stream()
        .map(node -> node.op().getClass().getSimpleName())
        .collect(Collectors.joining(" "));
  }

  @Test
  void laysEveryKindOfBlockAndTheHead() {
    Graph graph = EVERY_KIND.toGraph(IMAGE, 10);
    assertEquals(
        "Conv2d Conv2d"
            + " DepthwiseConv2d Conv2d DepthwiseConv2d Conv2d"
            + " Conv2d DepthwiseConv2d Conv2d Add Conv2d DepthwiseConv2d Conv2d Add"
            + " GlobalAveragePool Conv2d Flatten Softmax",
        ops(graph));
    assertEquals(new Shape(1, 1, 10), graph.outputTensor().shape());
  }

  @Test
  void countsParametersAndMacsAsDoneByHand() {
    Graph graph = of(block(BlockKind.SEPARABLE, 16, 1, 2, 1)).toGraph(IMAGE, 10);
    assertEquals((9 * 8 + 8) + (9 * 8 + 8) + (8 * 16 + 16) + (16 * 10 + 10), graph.params());
    assertEquals(14 * 14 * 8 * 9 + 7 * 7 * 8 * 9 + 7 * 7 * 8 * 16 + 16 * 10, graph.macs());
  }

  @Test
  void onlyTheHeadHasNoBatchNorm() {
    List<Boolean> batchNorm =
        EVERY_KIND.toGraph(IMAGE, 10).nodes().stream()
            .filter(node -> node.op() instanceof Op.Convolution)
            .map(node -> ((Op.Convolution) node.op()).batchNorm())
            .toList();
    int last = batchNorm.size() - 1;
    assertTrue(batchNorm.subList(0, last).stream().allMatch(flag -> flag));
    assertEquals(false, batchNorm.get(last));
  }

  @Test
  void skipsOnlyWhereInputAndOutputAreAlike() {
    assertTrue(ops(of(block(BlockKind.INVERTED, 8, 2, 1, 1)).toGraph(IMAGE, 10)).contains("Add"));
    assertTrue(!ops(of(block(BlockKind.INVERTED, 8, 2, 2, 1)).toGraph(IMAGE, 10)).contains("Add"));
    assertTrue(!ops(of(block(BlockKind.INVERTED, 16, 2, 1, 1)).toGraph(IMAGE, 10)).contains("Add"));
  }

  private static Graph withoutLabels(ImageNetwork architecture) {
    Graph graph = architecture.toGraph(IMAGE, 10);
    List<Node> nodes =
        graph.nodes().stream()
            .map(
                node ->
                    new Node(node.id(), "n" + node.id(), node.op(), node.inputs(), node.output()))
            .toList();
    return new Graph(graph.tensors(), nodes, graph.input(), graph.output());
  }

  @Test
  void twoDescriptionsOfOneNetworkHaveOneHash() {
    ImageNetwork repeated = of(block(BlockKind.SEPARABLE, 16, 1, 2, 3));
    ImageNetwork spelledOut =
        of(
            block(BlockKind.SEPARABLE, 16, 1, 2, 1),
            block(BlockKind.SEPARABLE, 16, 1, 1, 1),
            block(BlockKind.SEPARABLE, 16, 1, 1, 1));
    assertNotEquals(repeated, spelledOut);
    assertEquals(withoutLabels(repeated), withoutLabels(spelledOut));
    assertEquals(repeated.canonicalHash(), spelledOut.canonicalHash());
  }

  @Test
  void everyDetailOfABlockChangesTheHash() {
    Block block = new Block(BlockKind.INVERTED, 3, 16, 2, 1, 1, Activation.RELU);
    List<Block> changed =
        List.of(
            block.withKernel(5),
            block.withWidth(24),
            block.withStride(2),
            block.withRepeats(2),
            block.withActivation(Activation.RELU6),
            block.withKind(BlockKind.INVERTED, 3),
            block.withKind(BlockKind.SEPARABLE, 3),
            block.withKind(BlockKind.CONV, 3));
    long hashes = changed.stream().map(one -> of(one).canonicalHash()).distinct().count();
    assertEquals(changed.size(), hashes);
    assertTrue(
        changed.stream().noneMatch(b -> of(b).canonicalHash().equals(of(block).canonicalHash())));
  }

  @Test
  void theHashIsTheSameInEveryRelease() {
    assertEquals(
        "cde1519418ef91a69d7dae0cfa974295a50b07ee202a607ad6c49edb2f98e173",
        EVERY_KIND.canonicalHash());
  }

  @Test
  void isReadableJsonAndReadsItselfBack() {
    String json = of(block(BlockKind.INVERTED, 16, 2, 2, 1)).json();
    assertEquals(
        "{\"stem\":{\"kernel\":3,\"width\":8,\"stride\":2,\"activation\":\"RELU\"},"
            + "\"blocks\":[{\"kind\":\"inverted\",\"kernel\":3,\"width\":16,\"expansion\":2,"
            + "\"stride\":2,\"repeats\":1,\"activation\":\"RELU\"}]}",
        json);
    assertEquals(EVERY_KIND, Spaces.standard().parse(EVERY_KIND.json()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"blocks\":[]} | stem is missing",
        "{\"stem\":{\"kernel\":4,\"width\":8,\"stride\":1,\"activation\":\"RELU\"}} | kernel 4",
        "{\"stem\":{\"kernel\":3,\"width\":0,\"stride\":1,\"activation\":\"RELU\"}} | width 0",
        "{\"stem\":{\"kernel\":3,\"width\":8,\"stride\":1}} | activation is missing",
        "{\"stem\":{\"kernel\":3,\"width\":8,\"stride\":1,\"activation\":\"RELU\",\"groups\":2}} | groups",
        "[] | not an architecture",
      })
  void refusesJsonThatIsNoArchitecture(String json, String reason) {
    var refused = assertThrows(IllegalArgumentException.class, () -> Spaces.standard().parse(json));
    assertTrue(refused.getMessage().contains(reason), refused.getMessage());
  }

  @Test
  void anExpansionBelongsToInvertedResidualsAlone() {
    assertThrows(IllegalArgumentException.class, () -> block(BlockKind.CONV, 8, 2, 1, 1));
  }

  @Test
  void hasAOneLineSummary() {
    assertEquals(
        "stem3 w8 s2 | conv3 w16 s2 | separable3 w24 x2 | inverted3 e3 w24 x2",
        EVERY_KIND.summary());
  }
}
