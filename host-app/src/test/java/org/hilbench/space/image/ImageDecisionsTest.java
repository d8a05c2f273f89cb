package org.hilbench.space.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hilbench.graph.Activation;
import org.hilbench.graph.Precision;
import org.hilbench.graph.QuantPolicy;
import org.hilbench.graph.Shape;
import org.hilbench.space.Choices;
import org.hilbench.space.Decision;
import org.junit.jupiter.api.Test;

class ImageDecisionsTest {
  private static final ImageSpace SPACE =
      new ImageSpace(
          new SpaceBounds(
              new Shape(28, 28, 1),
              10,
              List.of(BlockKind.CONV, BlockKind.INVERTED),
              List.of(3),
              List.of(8, 16),
              List.of(1, 2),
              List.of(1),
              List.of(1, 2),
              List.of(Activation.RELU),
              0,
              1,
              1,
              new SpaceBounds.Limits(10_000_000, 100_000, 1_000_000),
              List.of(Precision.W8A8, Precision.W4A8)));

  @Test
  void leavesOutWhatIsFixedAndSaysWhatDependsOnWhat() {
    assertEquals(
        """
        stem.width [8, 16]
        stem.precision [W8A8, W4A8]
        blocks [0, 1]
        b0.kind [CONV, INVERTED] if blocks [1]
        b0.width [8, 16] if blocks [1]
        b0.expansion [1, 2] if b0.kind [INVERTED]
        b0.repeats [1, 2] if blocks [1]
        b0.u0.conv.precision [W8A8, W4A8] if blocks [1] if b0.kind [CONV]
        b0.u0.depthwise.precision [W8A8, W4A8] if blocks [1] if b0.kind [INVERTED]
        b0.u0.project.precision [W8A8, W4A8] if blocks [1] if b0.kind [INVERTED]
        b0.u0.expand.precision [W8A8, W4A8] if blocks [1] if b0.kind [INVERTED] if b0.expansion [2]
        b0.u1.conv.precision [W8A8, W4A8] if b0.repeats [2] if b0.kind [CONV]
        b0.u1.depthwise.precision [W8A8, W4A8] if b0.repeats [2] if b0.kind [INVERTED]
        b0.u1.project.precision [W8A8, W4A8] if b0.repeats [2] if b0.kind [INVERTED]
        b0.u1.expand.precision [W8A8, W4A8] if b0.repeats [2] if b0.kind [INVERTED] if b0.expansion [2]
        classes.precision [W8A8, W4A8]
        """,
        SPACE.decisions().sequence().stream()
            .map(ImageDecisionsTest::line)
            .collect(Collectors.joining()));
  }

  private static String line(Decision decision) {
    String conditions =
        decision.activeWhen().stream()
            .map(one -> " if " + one.decision() + " " + new TreeSet<>(one.options()))
            .collect(Collectors.joining());
    return decision.name() + " " + decision.options() + conditions + "\n";
  }

  @Test
  void aNetworkIsTheOptionsOfItsActiveDecisions() {
    Block block =
        new Block(BlockKind.INVERTED, 3, 16, 1, 1, 1, Activation.RELU)
            .withQuant(new QuantPolicy(List.of(Precision.W4A8, Precision.W8A8)));
    ImageNetwork network = new ImageNetwork(new Stem(3, 8, 1, Activation.RELU), List.of(block));
    Choices choices = SPACE.choices(network);
    assertEquals(
        "{stem.width=8, stem.precision=W8A8, blocks=1, b0.kind=INVERTED, b0.width=16,"
            + " b0.expansion=1, b0.repeats=1, b0.u0.depthwise.precision=W4A8,"
            + " b0.u0.project.precision=W8A8, classes.precision=W8A8}",
        choices.byDecision().toString());
    assertEquals(network, SPACE.architecture(choices));
  }

  @Test
  void refusesANetworkThatDiffersInWhatIsFixed() {
    ImageNetwork large = new ImageNetwork(new Stem(5, 8, 1, Activation.RELU), List.of());
    assertThrows(IllegalArgumentException.class, () -> SPACE.choices(large));
  }
}
