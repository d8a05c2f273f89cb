package org.hilbench.board;

/**
 * Power that the part typically draws while it computes, from its documents: the base of
 * <i>estimated</i> energy where no meter is attached.
 *
 * @param milliwatts at {@code supplyMillivolts}
 * @param relativeError its error bar (0.3 = 30 %)
 * @param source document and table
 */
public record TypicalPower(
    double milliwatts, int supplyMillivolts, double relativeError, String source) {
  public TypicalPower {
    if (!(milliwatts > 0 && milliwatts < 10_000)) {
      throw new IllegalArgumentException("milliwatts " + milliwatts + " is not within 0..10000");
    }
    if (supplyMillivolts < 1_000 || supplyMillivolts > 6_000) {
      throw new IllegalArgumentException(
          "supplyMillivolts " + supplyMillivolts + " is not within 1000..6000");
    }
    Checks.relativeError(relativeError);
    Checks.stated("source", source);
  }
}
