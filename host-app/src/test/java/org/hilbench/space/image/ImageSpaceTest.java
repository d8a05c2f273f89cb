package org.hilbench.space.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.hilbench.graph.Activation;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Op;
import org.hilbench.graph.Precision;
import org.hilbench.graph.Shape;
import org.hilbench.space.Generators;
import org.hilbench.space.SearchSpaceContract;
import org.hilbench.space.SpaceProvider;
import org.junit.jupiter.api.Test;

class ImageSpaceTest extends SearchSpaceContract {
  private final ImageSpace space = Generators.fashionSpace();
  private final SpaceBounds bounds = space.bounds();

  @Override
  protected SpaceProvider provider() {
    return new ImageSpace.Provider();
  }

  @Override
  protected int draws() {
    return 2_000;
  }

  @Test
  void noNetworkIsBeyondTheLimits() {
    RandomGenerator generator = Generators.seeded(1);
    for (int i = 0; i < draws(); i++) {
      Graph graph = space.graph(space.random(generator));
      assertTrue(graph.macs() <= bounds.limits().macs());
      assertTrue(graph.params() <= bounds.limits().params());
    }
  }

  @Test
  void crossoverMostlyTakesItsBlocksFromItsParents() {
    RandomGenerator generator = Generators.seeded(4);
    int inherited = 0;
    for (int i = 0; i < 500; i++) {
      ImageNetwork mother = space.random(generator);
      ImageNetwork father = space.random(generator);
      Set<Block> known = new HashSet<>(mother.blocks());
      known.addAll(father.blocks());
      ImageNetwork child = space.crossover(mother, father, generator);
      inherited += known.containsAll(child.blocks()) ? 1 : 0;
    }
    assertTrue(inherited > 450, inherited + " of 500");
  }

  @Test
  void randomNetworksSeldomRepeatAndUseEveryChoice() {
    RandomGenerator generator = Generators.seeded(8);
    Set<String> hashes = new HashSet<>();
    Set<Object> seen = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      ImageNetwork drawn = space.random(generator);
      hashes.add(drawn.canonicalHash());
      drawn
          .blocks()
          .forEach(
              block ->
                  seen.addAll(
                      List.of(
                          block.kind(),
                          block.activation(),
                          "k" + block.kernel(),
                          "w" + block.width(),
                          "e" + block.expansion(),
                          "s" + block.stride(),
                          "x" + block.repeats())));
    }
    assertTrue(hashes.size() > 990, hashes.size() + " of 1000 differ");
    assertEquals(3 + 2 + 2 + 7 + 5 + 2 + 3, seen.size(), seen.toString());
  }

  @Test
  void threeHundredNetworksContainSkipsAndOddFeatureMaps() {
    RandomGenerator generator = Generators.seeded(9);
    boolean skip = false;
    boolean odd = false;
    for (int i = 0; i < 300; i++) {
      Graph graph = space.random(generator).toGraph(bounds.input(), bounds.classes());
      skip |= graph.nodes().stream().anyMatch(node -> node.op() instanceof Op.Add);
      odd |=
          graph.tensors().stream()
              .map(tensor -> tensor.shape().height())
              .anyMatch(side -> side > 1 && side % 2 == 1);
    }
    assertTrue(skip && odd);
  }

  @Test
  void saysWhyANetworkIsOutside() {
    Stem stem = new Stem(3, 10, 1, Activation.RELU);
    assertEquals(
        Optional.of("width 10 is not one of [8, 12, 16, 24, 32, 48, 64]"),
        bounds.refusal(
            new ImageNetwork(
                stem, List.of(new Block(BlockKind.CONV, 3, 8, 1, 1, 1, Activation.RELU)))));
    Stem wide = new Stem(5, 64, 1, Activation.RELU);
    Block heavy = new Block(BlockKind.CONV, 5, 64, 1, 1, 3, Activation.RELU);
    String reason = bounds.refusal(new ImageNetwork(wide, List.of(heavy))).orElseThrow();
    assertTrue(reason.contains("MACs are more than 3000000"), reason);
  }

  @Test
  void aSpaceThatHoldsNothingSaysSo() {
    SpaceBounds impossible =
        new SpaceBounds(
            new Shape(28, 28, 1),
            10,
            List.of(BlockKind.CONV),
            List.of(3),
            List.of(64),
            List.of(1),
            List.of(1),
            List.of(1),
            List.of(Activation.RELU),
            1,
            1,
            1,
            new SpaceBounds.Limits(1000, 1000, 1000),
            List.of(Precision.W8A8));
    var refused =
        assertThrows(
            IllegalStateException.class,
            () -> new ImageSpace(impossible).random(Generators.seeded(1)));
    assertTrue(refused.getMessage().contains("widen"), refused.getMessage());
  }
}
