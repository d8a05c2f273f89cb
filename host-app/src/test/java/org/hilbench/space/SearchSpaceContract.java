package org.hilbench.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Node;
import org.hilbench.graph.Op;
import org.hilbench.graph.Precision;
import org.hilbench.graph.QuantPolicy;
import org.hilbench.graph.Shape;
import org.junit.jupiter.api.Test;

/** What every {@link SearchSpace} does; a space supplies only its provider. */
public abstract class SearchSpaceContract {
  private static final Shape INPUT = new Shape(28, 28, 1);
  private static final int CLASSES = 10;
  private static final int FEW = 200;

  private final SearchSpace space = space(List.of(Precision.W8A8));
  private final SearchSpace mixed = space(List.of(Precision.values()));

  protected abstract SpaceProvider provider();

  /** How many networks of each way are looked at. */
  protected int draws() {
    return FEW;
  }

  private SearchSpace space(List<Precision> precisions) {
    return provider().space(INPUT, CLASSES, precisions);
  }

  private Spaces spaces() {
    return new Spaces(List.of(provider()));
  }

  private static void assertValid(SearchSpace space, Architecture network) {
    assertEquals(Optional.empty(), space.refusal(network));
    Graph graph = space.graph(network);
    assertEquals(INPUT, graph.tensors().get(graph.input()).shape());
    assertEquals(new Shape(1, 1, CLASSES), graph.outputTensor().shape());
    assertEquals(QuantPolicy.of(graph), network.policy());
    assertEquals(convolutions(graph).size(), network.convolutions());
    assertTrue(space.precisions().containsAll(network.policy().layers()));
  }

  private static List<Node> convolutions(Graph graph) {
    return graph.nodes().stream().filter(node -> node.op() instanceof Op.Convolution).toList();
  }

  @Test
  void everyRandomNetworkIsAdmittedAndBuilds() {
    RandomGenerator generator = Generators.seeded(1);
    for (int i = 0; i < draws(); i++) {
      assertValid(space, space.random(generator));
    }
    for (int i = 0; i < FEW; i++) {
      assertValid(mixed, mixed.random(generator));
    }
  }

  @Test
  void everyMutationIsAdmittedAndAnotherNetwork() {
    assertMutates(space, draws());
    assertMutates(mixed, FEW);
  }

  private static void assertMutates(SearchSpace space, int times) {
    RandomGenerator generator = Generators.seeded(2);
    Architecture parent = space.random(generator);
    for (int i = 0; i < times; i++) {
      Architecture child = space.mutate(parent, generator);
      assertValid(space, child);
      assertNotEquals(parent.canonicalHash(), child.canonicalHash());
      parent = child;
    }
  }

  @Test
  void everyCrossoverIsAdmittedAndDiffersFromBothParents() {
    RandomGenerator generator = Generators.seeded(3);
    for (int i = 0; i < draws(); i++) {
      Architecture mother = space.random(generator);
      Architecture father = i % 5 == 0 ? mother : space.random(generator);
      Architecture child = space.crossover(mother, father, generator);
      assertValid(space, child);
      assertNotEquals(mother.canonicalHash(), child.canonicalHash());
      assertNotEquals(father.canonicalHash(), child.canonicalHash());
    }
  }

  @Test
  void aSeedGivesTheSameNetworksAgain() {
    Architecture first = space.random(Generators.seeded(6));
    Architecture other = space.random(Generators.seeded(8));
    assertEquals(first, space.random(Generators.seeded(6)));
    assertEquals(
        space.mutate(first, Generators.seeded(7)), space.mutate(first, Generators.seeded(7)));
    assertEquals(
        space.crossover(first, other, Generators.seeded(7)),
        space.crossover(first, other, Generators.seeded(7)));
  }

  @Test
  void aNetworkReadsItselfBackFromJson() {
    RandomGenerator generator = Generators.seeded(9);
    for (int i = 0; i < FEW; i++) {
      Architecture network = mixed.random(generator);
      Architecture readBack = spaces().parse(network.json());
      assertEquals(network, readBack);
      assertEquals(network.canonicalHash(), readBack.canonicalHash());
      assertEquals(provider().name(), network.space());
    }
  }

  @Test
  void theHashTellsNoInputsOrClassesApart() {
    Architecture network = mixed.random(Generators.seeded(10));
    for (Shape input : List.of(new Shape(1, 1, 1), new Shape(5, 7, 3), new Shape(96, 96, 2))) {
      assertEquals(
          GraphHash.of(network.toGraph(new Shape(1, 1, 1), 1)),
          GraphHash.of(network.toGraph(input, 1)));
      assertEquals(new Shape(1, 1, 4), network.toGraph(input, 4).outputTensor().shape());
    }
  }

  @Test
  void aPolicyLeavesTheFloatNetworkAsItIs() {
    Architecture int8 = space.random(Generators.seeded(11));
    for (int layer = 0; layer < int8.convolutions(); layer++) {
      QuantPolicy policy = QuantPolicy.INT8.with(layer, Precision.W4A8, int8.convolutions());
      Architecture other = int8.withPolicy(policy);
      assertEquals(policy, other.policy());
      assertEquals(int8, other.inInt8());
      assertNotEquals(int8.canonicalHash(), other.canonicalHash());
      assertTrue(!space.admits(other) && mixed.admits(other));
    }
  }

  @Test
  void anotherPrecisionIsAnotherVersionOfTheNetwork() {
    RandomGenerator generator = Generators.seeded(12);
    Architecture int8 = mixed.inInt8().random(generator);
    Architecture one = int8;
    for (int i = 0; i < 50; i++) {
      Architecture other = mixed.inOtherPrecision(one, List.of(), generator);
      assertValid(mixed, other);
      assertEquals(int8, other.inInt8());
      assertNotEquals(one, other);
      assertValid(mixed, mixed.crossedPrecision(one, other, generator));
      one = other;
    }
  }

  @Test
  void aNetworkIsItsChoicesAndTheyAreTheNetwork() {
    RandomGenerator generator = Generators.seeded(13);
    for (int i = 0; i < FEW; i++) {
      for (SearchSpace one : List.of(space, mixed)) {
        Architecture network = one.random(generator);
        assertEquals(network, one.architecture(one.choices(network)));
      }
    }
  }

  /** So no two choices describe a network alike, and every option of every decision counts. */
  @Test
  void anyChoicesMakeANetworkThatSaysTheSameChoices() {
    RandomGenerator generator = Generators.seeded(14);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < FEW; i++) {
      Choices drawn = mixed.decisions().drawn(generator);
      assertEquals(drawn, mixed.choices(mixed.architecture(drawn)));
      drawn.byDecision().forEach((decision, option) -> seen.add(decision + " " + option));
    }
    for (Decision decision : mixed.decisions().sequence()) {
      assertTrue(decision.options().size() > 1, decision.name());
      assertTrue(
          decision.options().stream().anyMatch(one -> seen.contains(decision.name() + " " + one)),
          decision.name() + " is never active");
    }
  }

  @Test
  void bitWidthsAreDecisionsWhereThereAreSeveral() {
    Architecture network = mixed.random(Generators.seeded(15));
    Choices choices = mixed.choices(network);
    for (Node convolution : convolutions(mixed.graph(network))) {
      assertTrue(choices.of(convolution.label() + ".precision").isPresent(), convolution.label());
    }
    assertTrue(
        space.decisions().sequence().stream().noneMatch(one -> one.name().endsWith("precision")));
  }

  @Test
  void refusesWhatIsNoChoiceOfItsOwn() {
    Choices choices = space.choices(space.random(Generators.seeded(16)));
    String first = space.decisions().sequence().get(0).name();
    for (String wrong : List.of("", "another")) {
      Map<String, String> changed = new LinkedHashMap<>(choices.byDecision());
      changed.put(first, wrong);
      assertRefused(changed, first);
    }
    Map<String, String> missing = new LinkedHashMap<>(choices.byDecision());
    missing.remove(first);
    assertRefused(missing, first);
    Map<String, String> more = new LinkedHashMap<>(choices.byDecision());
    more.put("another", "1");
    assertRefused(more, "another");
    Architecture narrow =
        mixed.random(Generators.seeded(17)).withPolicy(QuantPolicy.all(Precision.W4A8));
    assertThrows(IllegalArgumentException.class, () -> space.choices(narrow));
  }

  private void assertRefused(Map<String, String> choices, String naming) {
    var refused =
        assertThrows(
            IllegalArgumentException.class, () -> space.architecture(new Choices(choices)));
    assertTrue(refused.getMessage().contains(naming), refused.getMessage());
  }
}
