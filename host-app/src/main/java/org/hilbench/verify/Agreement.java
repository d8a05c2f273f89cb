package org.hilbench.verify;

import java.util.List;
import java.util.stream.Collectors;

/**
 * How a device's answers compare with a reference.
 *
 * @param ops one for each operator whose CRC was compared, in order
 * @param differences each in one line, with both values; empty where all is equal
 */
public record Agreement(List<OpAgreement> ops, List<String> differences) {
  public Agreement {
    ops = List.copyOf(ops);
    differences = List.copyOf(differences);
  }

  /** How one operator's output compares. */
  public enum Equality {
    EQUAL,
    DIFFERENT
  }

  /**
   * One operator.
   *
   * @param expectedCrc the reference's
   * @param actualCrc the device's
   */
  public record OpAgreement(
      int index, String op, Equality equality, long expectedCrc, long actualCrc) {}

  /** Every byte that was compared is equal. */
  public boolean equal() {
    return differences.isEmpty();
  }

  /** All differences, one a line. */
  public String text() {
    return differences.stream().collect(Collectors.joining("\n"));
  }
}
