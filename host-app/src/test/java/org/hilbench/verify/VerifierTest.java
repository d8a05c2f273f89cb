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
import org.hilbench.verify.Agreement.Equality;
import org.junit.jupiter.api.Test;

final class VerifierTest {
  private static final Expectation EXPECTED =
      new Expectation(INPUT, OUTPUT, Map.of(1, LOGITS), Map.of(0, 10L, 1, 11L, 2, 12L));

  @Test
  void equalBytesAndCrcsAreEqual() {
    Agreement agreement = agreement(OUTPUT, LOGITS, 10, 11, 12);
    assertTrue(agreement.equal());
    assertEquals(3, agreement.ops().size());
  }

  @Test
  void aWrongOutputIsNamedWithBothValues() {
    Agreement agreement = agreement(Bytes.of(new byte[] {-4, 6}), LOGITS, 10, 11, 12);
    assertFalse(agreement.equal());
    assertEquals(
        "output for input 0: 1 of 2 bytes differ, by up to 1; the first at 1: device 6,"
            + " reference 5",
        agreement.text());
  }

  @Test
  void wrongLogitsAreSeenThoughTheOutputIsRight() {
    Agreement agreement = agreement(OUTPUT, Bytes.of(new byte[] {7, 9}), 10, 11, 12);
    assertFalse(agreement.equal());
    assertTrue(agreement.text().startsWith("output of operator 1 (FULLY_CONNECTED) for input 0"));
  }

  @Test
  void aConvolutionThatDiffersIsDifferentAndWhatFollowsToo() {
    Agreement agreement = agreement(OUTPUT, LOGITS, 99, 11, 98);
    assertEquals(List.of(Equality.DIFFERENT, Equality.EQUAL, Equality.DIFFERENT), kinds(agreement));
    assertTrue(
        agreement
            .text()
            .contains(
                "operator 0 (CONV_2D): output CRC-32 00000063, the reference gives 0000000a"));
  }

  @Test
  void nothingBehindAFullyConnectedIsExcused() {
    Agreement agreement = agreement(OUTPUT, Bytes.of(new byte[] {7, 9}), 10, 97, 98);
    assertEquals(List.of(Equality.EQUAL, Equality.DIFFERENT, Equality.DIFFERENT), kinds(agreement));
    assertFalse(agreement.equal());
  }

  @Test
  void anOperatorThatWasNotLookedAtIsADifference() {
    assertEquals("operator 2 was not looked at", agreement(OUTPUT, LOGITS, 10, 11).text());
    assertFalse(agreement(OUTPUT, LOGITS).equal());
  }

  private static Agreement agreement(Bytes output, Bytes logits, long... crcs) {
    return Verifier.compare(SampleMeasurement.measurement(output, logits, crcs), List.of(EXPECTED));
  }

  private static List<Equality> kinds(Agreement agreement) {
    return agreement.ops().stream().map(Agreement.OpAgreement::equality).toList();
  }
}
