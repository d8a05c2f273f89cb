package org.hilbench.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.hilbench.graph.Precision;
import org.hilbench.graph.QuantPolicy;
import org.hilbench.graph.Shape;
import org.junit.jupiter.api.Test;

class MixedSpaceTest {
  private static final SpaceBounds INT8 = SpaceBounds.smallImages(new Shape(28, 28, 1), 10);
  private final SpaceBounds bounds = INT8.withPrecisions(List.of(Precision.values()));
  private final SearchSpace space = new SearchSpace(bounds);

  @Test
  void aSeedGivesTheSameInt8NetworksInEveryRelease() throws Exception {
    SearchSpace int8 = new SearchSpace(INT8);
    RandomGenerator generator = new SplittableRandom(11);
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    Architecture walked = int8.random(generator);
    for (int i = 0; i < 300; i++) {
      Architecture drawn = int8.random(generator);
      walked = int8.crossover(walked, int8.mutate(drawn, generator), generator);
      String text = drawn.json() + walked.json() + walked.canonicalHash();
      digest.update(text.getBytes(StandardCharsets.UTF_8));
    }
    assertEquals(
        "67dfb0f339a74ec7f02ce23cac95f75247ac77067ecad4409c57f31bd4bc02bf",
        HexFormat.of().formatHex(digest.digest()));
  }

  @Test
  void everyNetworkOfTheMixedSpaceIsValidAndReadsItselfBack() {
    RandomGenerator generator = new SplittableRandom(1);
    Architecture walked = space.random(generator);
    for (int i = 0; i < 300; i++) {
      Architecture drawn = space.random(generator);
      Architecture mutant = space.mutate(walked, generator);
      assertNotEquals(walked.canonicalHash(), mutant.canonicalHash());
      walked = space.crossover(mutant, drawn, generator);
      assertTrue(bounds.admits(walked));
      assertEquals(walked, Architecture.parse(walked.json()));
      assertEquals(walked.policy(), QuantPolicy.of(walked.toGraph(bounds.input(), 10)));
    }
  }

  @Test
  void firstMiddleAndLastLayerTakeEveryPrecisionInTurn() {
    RandomGenerator generator = new SplittableRandom(2);
    Set<Precision> first = EnumSet.noneOf(Precision.class);
    Set<Precision> middle = EnumSet.noneOf(Precision.class);
    Set<Precision> last = EnumSet.noneOf(Precision.class);
    for (int i = 0; i < 6_000; i++) {
      Architecture drawn = space.random(generator);
      first.add(drawn.policy().of(0));
      middle.add(drawn.policy().of(1));
      last.add(drawn.head().of(0));
    }
    assertEquals(List.of(3, 3, 3), List.of(first.size(), middle.size(), last.size()));
  }

  @Test
  void aPolicyTellsNetworksApartAndLeavesTheFloatNetworkAsItIs() {
    Architecture int8 = new SearchSpace(INT8).random(new SplittableRandom(3));
    int layers = int8.convolutions();
    for (Precision precision : List.of(Precision.W4A8, Precision.W8A16)) {
      for (int layer = 0; layer < layers; layer++) {
        Architecture mixed = int8.withPolicy(QuantPolicy.INT8.with(layer, precision, layers));
        assertNotEquals(int8.canonicalHash(), mixed.canonicalHash());
        assertEquals(int8, mixed.inInt8());
      }
    }
  }

  @Test
  void anotherSpacesPrecisionIsRefused() {
    Architecture narrow =
        new SearchSpace(INT8)
            .random(new SplittableRandom(4))
            .withPolicy(QuantPolicy.all(Precision.W4A8));
    assertEquals("precision W4A8 is not one of [W8A8]", INT8.refusal(narrow).orElseThrow());
  }
}
