package org.hilbench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.hilbench.quantity.Quantity;
import org.hilbench.quantity.Unit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AmountsTest {
  @ParameterizedTest
  @CsvSource({
    "0.9212, FRACTION, 92.12 %",
    "0.4320798, SECONDS, 432 ms",
    "1.165, SECONDS, 1165 ms",
    "0.000012345, SECONDS, 0.0123 ms",
    "12.34, SECONDS, 12.3 s",
    "340, BYTES, 340 B",
    "1024, BYTES, 1.00 KiB",
    "44876, BYTES, 43.8 KiB",
    "4194304, BYTES, 4096 KiB",
    "20971520, BYTES, 20.0 MiB",
    "0, COUNT, 0",
    "416, COUNT, 416",
    "20000, COUNT, 20.0 k",
    "2992000, COUNT, 2992 k",
    "1510, INSTRUCTIONS, 1.51 k",
    "87330910, INSTRUCTIONS, 87.3 M",
    "25000000, HERTZ, 25.0 MHz",
    "0.00123, JOULES, 1.23 mJ"
  })
  void quantitiesHaveThreeDigitsAndAUnitThatSuits(double value, Unit unit, String text) {
    assertEquals(text, Amounts.text(value, unit));
  }

  @ParameterizedTest
  @CsvSource({"38, 38.0 ms", "12345, 12.3 s", "310000, 5 min 10 s", "7500000, 2 h 5 min"})
  void durationsReadAsPeopleSayThem(long millis, String text) {
    assertEquals(text, Amounts.text(Duration.ofMillis(millis)));
  }

  @Test
  void onlyEstimatesHaveAnErrorBar() {
    assertEquals(
        Optional.of("+-50 %"), Amounts.errorBar(new Quantity.Estimated(1, Unit.SECONDS, 0.5)));
    assertEquals(Optional.empty(), Amounts.errorBar(new Quantity.Measured(1, Unit.SECONDS)));
  }
}
