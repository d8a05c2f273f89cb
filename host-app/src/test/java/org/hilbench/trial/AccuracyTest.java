package org.hilbench.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class AccuracyTest {
  @Test
  void theTestSplitIsAbsentUntilItIsRead() {
    Accuracy searched = Accuracy.onValidation(0.9, 0.89);
    assertEquals(OptionalDouble.empty(), searched.int8Test());
    assertEquals(OptionalDouble.of(0.88), searched.withTest(0.88).int8Test());
  }

  @Test
  void percentAndNotANumberAreNoFractions() {
    assertThrows(IllegalArgumentException.class, () -> Accuracy.onValidation(90, 0.89));
    assertThrows(IllegalArgumentException.class, () -> Accuracy.onValidation(0.9, Double.NaN));
    assertThrows(
        IllegalArgumentException.class, () -> Accuracy.onValidation(0.9, 0.9).withTest(-1));
  }
}
