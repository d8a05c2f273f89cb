package org.hilbench.quantity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConstraintTest {

  @ParameterizedTest
  @CsvSource({
    "latency < 50 ms, LATENCY, LESS, 0.05",
    "latency<50ms, LATENCY, LESS, 0.05",
    "latency >= 700 us, LATENCY, AT_LEAST, 0.0007",
    "latency > 1.5 s, LATENCY, MORE, 1.5",
    "latency < 5e1 ms, LATENCY, LESS, 0.05",
    "peakSram <= 256 KiB, PEAK_SRAM, AT_MOST, 262144",
    "peakSram < 256 KB, PEAK_SRAM, LESS, 256000",
    "flash < 1 MiB, FLASH, LESS, 1048576",
    "flash < 1 MB, FLASH, LESS, 1000000",
    "flash < 900 B, FLASH, LESS, 900",
    "energy < 12 mJ, ENERGY, LESS, 0.012",
    "energy < 900 uJ, ENERGY, LESS, 0.0009",
    "energy < 1 J, ENERGY, LESS, 1",
    "accuracy >= 88 %, ACCURACY, AT_LEAST, 0.88",
    "accuracy >= 88%, ACCURACY, AT_LEAST, 0.88",
    "accuracy > 0.88, ACCURACY, MORE, 0.88",
    "macs < 3 M, MACS, LESS, 3000000",
    "params <= 21k, PARAMS, AT_MOST, 21000",
    "params < 1000, PARAMS, LESS, 1000",
  })
  void readsMetricOperatorNumberAndUnit(
      String text, Metric metric, Comparison comparison, double bound) {
    assertEquals(new Constraint(metric, comparison, bound), Constraint.parse(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "latncy < 50 ms | quantity 'latncy' is unknown; known: accuracy, latency, peakSram",
        "latency 50 ms | no operator; known: <=, >=, <, >",
        "latency == 50 ms | operator '==' is unknown; known: <=, >=, <, >",
        "latency < 50 | latency wants a unit behind 50; known: us, ms, s",
        "latency < 50 KB | unit 'KB' is unknown for latency; known: us, ms, s",
        "peakSram < 5 kb | unit 'kb' is unknown for peakSram; known: B, KB, KiB, MB, MiB",
        "macs < 3 ms | unit 'ms' is unknown for macs; known: none, k, M",
        "latency < many ms | 'many ms' is not a number with a unit (us, ms, s)",
        "latency < 1.2.3 ms | '1.2.3' is not a number",
        "latency < -5 ms | bound -0.005 is not a number of 0 or more",
        "accuracy > 88 | accuracy is a fraction of 1, not 88.0; write 88 % or 0.88",
        "macs < | '' is not a number",
        "'' | no operator",
        "latency < 5 ms on a b | unit 'ms on a b' is unknown for latency",
        "accuracy > 88 % on due | accuracy is the same on every board, not on one",
        "latency < 5 ms on @80mhz | board '' is empty or has an @",
      })
  void namesTheWrongPartAndWhatIsKnown(String text, String message) {
    var refused = assertThrows(IllegalArgumentException.class, () -> Constraint.parse(text));
    assertTrue(
        refused.getMessage().startsWith("constraint '" + text + "': " + message),
        refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "latency<0.05s, latency < 50 ms",
    "peakSram <= 262144 B, peakSram <= 256 KiB",
    "flash < 256000 B, flash < 256 KB",
    "accuracy >= 0.885, accuracy >= 88.5 %",
    "accuracy >= 0.88, accuracy >= 88 %",
    "macs < 3000000, macs < 3 M",
    "params < 1234, params < 1234",
    "params < 1234 on due@80mhz, params < 1234 on due@80mhz",
    "latency<0.05s  on nucleo-l4r5zi, latency < 50 ms on nucleo-l4r5zi",
  })
  void speaksInTheShortestUnitAndReadsItselfBack(String text, String words) {
    Constraint constraint = Constraint.parse(text);
    assertEquals(words, constraint.toString());
    assertEquals(constraint, Constraint.parse(words));
  }

  @Test
  void anExcludedBoundIsViolatedALittleAndAnIncludedOneNot() {
    Constraint below = Constraint.parse("latency < 50 ms");
    assertFalse(below.satisfied(0.05));
    assertTrue(below.violation(0.05) > 0);
    Constraint atMost = Constraint.parse("latency <= 50 ms");
    assertTrue(atMost.satisfied(0.05));
    assertEquals(0, atMost.violation(0.05));
  }

  @Test
  void violationIsTheShareOfTheBoundThatIsExceeded() {
    assertEquals(0.5, Constraint.parse("latency < 50 ms").violation(0.075), 1e-12);
    assertEquals(0.25, Constraint.parse("accuracy >= 80 %").violation(0.6), 1e-12);
    assertEquals(0, Constraint.parse("accuracy >= 80 %").violation(0.8));
  }

  @Test
  void isItsWordsInJson() throws Exception {
    JsonMapper json = JsonMapper.builder().build();
    Constraint constraint = Constraint.parse("latency < 50 ms");
    assertEquals("\"latency < 50 ms\"", json.writeValueAsString(constraint));
    assertEquals(constraint, json.readValue("\"latency < 50 ms\"", Constraint.class));
  }
}
