package org.hilbench.verify;

import static org.hilbench.measure.SampleMeasurement.INPUT;
import static org.hilbench.measure.SampleMeasurement.LOGITS;
import static org.hilbench.measure.SampleMeasurement.OUTPUT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.hilbench.measure.Bytes;
import org.hilbench.measure.SampleMeasurement;
import org.hilbench.verify.Verdict.Equality;
import org.junit.jupiter.api.Test;

final class VerifierTest {
  private static final Expectation EXPECTED =
      new Expectation(INPUT, OUTPUT, Map.of(1, LOGITS), Map.of(0, 10L, 1, 11L, 2, 12L));

  @Test
  void equalBytesAndCrcsAreEqual() {
    Verdict verdict = verdict(OUTPUT, LOGITS, 10, 11, 12);
    assertTrue(verdict.equal());
    assertEquals(3, verdict.ops().size());
  }

  @Test
  void aWrongOutputIsNamedWithBothValues() {
    Verdict verdict = verdict(Bytes.of(new byte[] {-4, 6}), LOGITS, 10, 11, 12);
    assertFalse(verdict.equal());
    assertEquals(
        "output for input 0: 1 of 2 bytes differ, by up to 1; the first at 1: device 6,"
            + " reference 5",
        verdict.text());
  }

  @Test
  void wrongLogitsAreSeenThoughTheOutputIsRight() {
    Verdict verdict = verdict(OUTPUT, Bytes.of(new byte[] {7, 9}), 10, 11, 12);
    assertFalse(verdict.equal());
    assertTrue(verdict.text().startsWith("output of operator 1 (FULLY_CONNECTED) for input 0"));
  }

  @Test
  void aConvolutionThatDiffersIsDifferentAndWhatFollowsToo() {
    Verdict verdict = verdict(OUTPUT, LOGITS, 99, 11, 98);
    assertEquals(List.of(Equality.DIFFERENT, Equality.EQUAL, Equality.DIFFERENT), kinds(verdict));
    assertTrue(
        verdict
            .text()
            .contains(
                "operator 0 (CONV_2D): output CRC-32 00000063, the reference gives 0000000a"));
  }

  @Test
  void nothingBehindAFullyConnectedIsExcused() {
    Verdict verdict = verdict(OUTPUT, Bytes.of(new byte[] {7, 9}), 10, 97, 98);
    assertEquals(List.of(Equality.EQUAL, Equality.DIFFERENT, Equality.DIFFERENT), kinds(verdict));
    assertFalse(verdict.equal());
  }

  @Test
  void anOperatorThatWasNotLookedAtIsADifference() {
    assertEquals("operator 2 was not looked at", verdict(OUTPUT, LOGITS, 10, 11).text());
    assertFalse(verdict(OUTPUT, LOGITS).equal());
  }

  private static Verdict verdict(Bytes output, Bytes logits, long... crcs) {
    return Verifier.compare(SampleMeasurement.measurement(output, logits, crcs), List.of(EXPECTED));
  }

  private static List<Equality> kinds(Verdict verdict) {
    return verdict.ops().stream().map(Verdict.OpVerdict::equality).toList();
  }
}
