package org.hilbench.space.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.hilbench.graph.Precision;
import org.hilbench.graph.QuantPolicy;
import org.hilbench.graph.Shape;
import org.hilbench.space.Architecture;
import org.hilbench.space.Spaces;
import org.junit.jupiter.api.Test;

class MixedSpaceTest {
  private static final SpaceBounds INT8 = SpaceBounds.smallImages(new Shape(28, 28, 1), 10);
  private final SpaceBounds bounds = INT8.withPrecisions(List.of(Precision.values()));
  private final ImageSpace space = new ImageSpace(bounds);

  @Test
  void aSeedGivesTheSameInt8NetworksInEveryRelease() throws Exception {
    ImageSpace int8 = new ImageSpace(INT8);
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
  void aSeedGivesTheSamePrecisionsInEveryRelease() throws Exception {
    RandomGenerator generator = new SplittableRandom(12);
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    Architecture walked = space.random(generator);
    for (int i = 0; i < 300; i++) {
      Architecture drawn = space.random(generator);
      List<Double> lost = Collections.nCopies(walked.convolutions(), i % 7 / 100.0);
      Architecture other = space.inOtherPrecision(walked, lost, generator);
      Architecture crossed = space.crossedPrecision(walked, other, generator);
      digest.update((other.json() + crossed.json()).getBytes(StandardCharsets.UTF_8));
      walked = i % 5 == 0 ? space.crossover(drawn, crossed, generator) : other;
      for (Architecture plain : space.inPlainPrecisions(walked)) {
        digest.update(plain.json().getBytes(StandardCharsets.UTF_8));
      }
    }
    assertEquals(
        "1ab3a1bf0e14ef49caa61734852b7afde5e86ee3c452a1a2cc9c79a1ec3bfd3c",
        HexFormat.of().formatHex(digest.digest()));
  }

  @Test
  void everyNetworkOfTheMixedSpaceIsValidAndReadsItselfBack() {
    RandomGenerator generator = new SplittableRandom(1);
    Architecture walked = space.random(generator);
    for (int i = 0; i < 300; i++) {
      Architecture drawn = space.random(generator);
      Architecture mutant =
          generator.nextBoolean()
              ? space.mutate(walked, generator)
              : space.inOtherPrecision(walked, List.of(), generator);
      assertNotEquals(walked.canonicalHash(), mutant.canonicalHash());
      walked = space.crossover(mutant, drawn, generator);
      assertTrue(space.admits(walked));
      assertEquals(walked, Spaces.standard().parse(walked.json()));
      assertEquals(walked.policy(), QuantPolicy.of(walked.toGraph(bounds.input(), 10)));
    }
  }

  @Test
  void firstMiddleAndLastLayerTakeFewBitsOrEightAndAnySixteenNowAndThen() {
    RandomGenerator generator = new SplittableRandom(2);
    Set<Precision> first = EnumSet.noneOf(Precision.class);
    Set<Precision> middle = EnumSet.noneOf(Precision.class);
    Set<Precision> last = EnumSet.noneOf(Precision.class);
    Set<Precision> all = EnumSet.noneOf(Precision.class);
    for (int i = 0; i < 1_000; i++) {
      ImageNetwork drawn = space.random(generator);
      first.add(drawn.policy().of(0));
      middle.add(drawn.policy().of(1));
      last.add(drawn.head().of(0));
      all.addAll(drawn.policy().layers());
    }
    for (Set<Precision> place : List.of(first, middle, last)) {
      assertTrue(place.containsAll(List.of(Precision.W8A8, Precision.W4A8)), place.toString());
    }
    assertEquals(EnumSet.allOf(Precision.class), all);
  }

  @Test
  void layersThatLoseMuchInFourBitsAreSeldomNarrowed() {
    ImageSpace int8OrFour =
        new ImageSpace(INT8.withPrecisions(List.of(Precision.W8A8, Precision.W4A8)));
    Architecture parent =
        Spaces.standard()
            .parse(
                """
            {"stem": {"kernel": 3, "width": 16, "stride": 2, "activation": "RELU"},
             "blocks": [
              {"kind": "conv", "kernel": 3, "width": 16, "expansion": 1, "stride": 1, "repeats": 2,
               "activation": "RELU"}]}
            """);
    assertEquals(1.0, narrowedRatio(int8OrFour, parent, List.of()), 0.2);
    double cheapFirst = narrowedRatio(int8OrFour, parent, List.of(0.0, 0.0, 0.045, 0.0));
    assertTrue(cheapFirst > 5, "the cheap layer comes up " + cheapFirst + " times as often");
  }

  /** How much more often the first than the second convolution of the block is narrowed alone. */
  private static double narrowedRatio(ImageSpace space, Architecture parent, List<Double> lost) {
    RandomGenerator generator = new SplittableRandom(5);
    int[] narrowed = new int[parent.convolutions()];
    for (int i = 0; i < 4_000; i++) {
      Architecture mutant = space.inOtherPrecision(parent, lost, generator);
      for (int layer = 1; layer <= 2; layer++) {
        QuantPolicy alone = QuantPolicy.INT8.with(layer, Precision.W4A8, parent.convolutions());
        narrowed[layer] += mutant.equals(parent.withPolicy(alone)) ? 1 : 0;
      }
    }
    return (double) narrowed[1] / narrowed[2];
  }

  @Test
  void anotherPrecisionIsAnotherVersionOfTheNetworkAndVersionsCrossLayerByLayer() {
    RandomGenerator generator = new SplittableRandom(6);
    Architecture int8 = space.inInt8().random(generator);
    Architecture one = int8;
    for (int i = 0; i < 100; i++) {
      Architecture other = space.inOtherPrecision(one, List.of(), generator);
      assertEquals(int8, other.inInt8());
      assertNotEquals(one, other);
      Architecture crossed = space.crossedPrecision(one, other, generator);
      for (int layer = 0; layer < int8.convolutions(); layer++) {
        Precision own = crossed.policy().of(layer);
        assertTrue(own == one.policy().of(layer) || own == other.policy().of(layer));
      }
      one = other;
    }
    Architecture stranger = space.inInt8().random(generator);
    Architecture last = one;
    assertThrows(
        IllegalArgumentException.class, () -> space.crossedPrecision(last, stranger, generator));
  }

  @Test
  void anInt8NetworkMostlyGetsFourBitsInAllDenseLayers() {
    RandomGenerator generator = new SplittableRandom(8);
    Architecture int8 = space.inInt8().random(generator);
    Architecture dense = space.inPlainPrecisions(int8).get(1);
    int hits = 0;
    for (int i = 0; i < 1_000; i++) {
      hits += space.inOtherPrecision(int8, List.of(), generator).equals(dense) ? 1 : 0;
    }
    assertTrue(hits > 700 && hits < 900, hits + " of 1000");
  }

  @Test
  void theSameNetworkInPlainPrecisionsIsInt8OrFourBitsInItsDenseLayers() {
    Architecture mixed =
        Spaces.standard()
            .parse(
                """
            {"stem": {"kernel": 3, "width": 16, "stride": 2, "activation": "RELU"},
             "blocks": [
              {"kind": "separable", "kernel": 3, "width": 16, "expansion": 1, "stride": 1,
               "repeats": 1, "activation": "RELU", "quant": ["w8a16"]}]}
            """);
    List<String> plain =
        space.inPlainPrecisions(mixed).stream().map(one -> one.policy().summary()).toList();
    assertEquals(List.of("w8a8", "w4a8 w8a8 w4a8"), plain);
  }

  @Test
  void aPolicyTellsNetworksApartAndLeavesTheFloatNetworkAsItIs() {
    Architecture int8 = new ImageSpace(INT8).random(new SplittableRandom(3));
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
        new ImageSpace(INT8)
            .random(new SplittableRandom(4))
            .withPolicy(QuantPolicy.all(Precision.W4A8));
    assertEquals(
        "precision W4A8 is not one of [W8A8]", new ImageSpace(INT8).refusal(narrow).orElseThrow());
  }
}
