package org.hilbench.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Stream;
import org.hilbench.Stage;
import org.junit.jupiter.api.Test;

final class StageKeyTest {
  private static final StageKey TRAIN = StageKey.train("a1", "5 epochs", "d1", 1);

  @Test
  void equalPartsGiveEqualKeys() {
    assertEquals(TRAIN, StageKey.train("a1", "5 epochs", "d1", 1));
    assertEquals(64, TRAIN.hash().length());
    assertEquals("train:" + TRAIN.hash().substring(0, 12), TRAIN.toString());
  }

  @Test
  void everyPartCounts() {
    List<StageKey> keys =
        List.of(
            TRAIN,
            StageKey.train("a2", "5 epochs", "d1", 1),
            StageKey.train("a1", "6 epochs", "d1", 1),
            StageKey.train("a1", "5 epochs", "d2", 1),
            StageKey.train("a1", "5 epochs", "d1", 2),
            StageKey.quantize(TRAIN, "int8"),
            StageKey.quantize(TRAIN, "int4"));
    assertEquals(keys.size(), keys.stream().map(StageKey::hash).distinct().count());
  }

  @Test
  void aSeparatorInsideAPartCannotMakeTwoKeysOne() {
    Stream.of("x", "x\\", "x, recipe=y").forEach(SeparatorCase::check);
  }

  /** The same text split at two places. */
  private static final class SeparatorCase {
    static void check(String architecture) {
      assertNotEquals(
          StageKey.train(architecture + ", recipe=y", "z", "d", 1),
          StageKey.train(architecture, "y, recipe=z", "d", 1));
    }
  }

  @Test
  void aKeyThatDoesNotFitItsPartsIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new StageKey(Stage.TRAIN, TRAIN.parts() + "1", TRAIN.hash()));
    assertThrows(
        IllegalArgumentException.class,
        () -> StageKey.quantize(StageKey.quantize(TRAIN, "int8"), "int8"));
  }
}
