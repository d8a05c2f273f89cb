package org.hilbench.quantity;

/** Base unit of a quantity's value. */
public enum Unit {
  FRACTION,
  SECONDS,
  BYTES,
  JOULES,
  COUNT,
  INSTRUCTIONS,
  CYCLES,
  HERTZ;

  /** Refuses a value that no quantity of this unit has. */
  void require(double value) {
    double most = this == FRACTION ? 1 : Double.MAX_VALUE;
    new Range(0, most, "").objection(name(), value).ifPresent(Unit::refuse);
  }

  private static void refuse(String objection) {
    throw new IllegalArgumentException(objection);
  }
}
