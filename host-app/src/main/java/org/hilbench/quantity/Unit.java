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
  HERTZ
}
