package org.hilbench.quantity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityRangesTest {
  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, -1, -1e-300, Double.POSITIVE_INFINITY, Double.MIN_VALUE * -1})
  void noQuantityOfAnyOriginIsNegativeOrNoNumber(double value) {
    for (Unit unit : Unit.values()) {
      refused(() -> new Quantity.Measured(value, unit));
      refused(() -> new Quantity.Simulated(value, unit));
      refused(() -> new Quantity.Estimated(value, unit, 0.1));
      refused(() -> new Quantity.Linked(value, unit));
      refused(() -> new Quantity.Counted(value, unit));
    }
    refused(
        () -> new Quantity.Estimated(1, Unit.SECONDS, value == -1e-300 ? -1 : -Math.abs(value)));
  }

  @ParameterizedTest
  @EnumSource
  void zeroAndLargeNumbersAreQuantities(Unit unit) {
    double most = unit == Unit.FRACTION ? 1 : 0x1p63;
    assertEquals(0, new Quantity.Measured(0, unit).value());
    assertEquals(most, new Quantity.Simulated(most, unit).value());
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE})
  void anUnsignedNumberIsNamedAsItIs(long value) {
    Optional<String> told = Range.bytesUpTo(10).objectionUnsigned("ARENA_USED", value);
    assertEquals(
        "ARENA_USED "
            + Long.toUnsignedString(value)
            + " bytes is not possible: it is 0 to 10 bytes",
        told.orElseThrow());
  }

  private static void refused(org.junit.jupiter.api.function.Executable made) {
    assertThrows(IllegalArgumentException.class, made);
  }
}
