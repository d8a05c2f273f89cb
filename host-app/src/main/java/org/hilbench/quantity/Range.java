package org.hilbench.quantity;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * The values that a number from outside can have: of a device, a meter, a tool. Whoever reads one
 * asks here, so that what is impossible is named and refused, and never shown as a result.
 *
 * @param least and {@code most} are possible themselves
 * @param unit behind the numbers in messages; may be empty
 */
public record Range(double least, double most, String unit) {
  public Range {
    if (!(least <= most)) {
      throw new IllegalArgumentException("a range from " + least + " to " + most);
    }
  }

  /** Bytes, from 0 up to what there are. */
  public static Range bytesUpTo(long most) {
    return of(0, most, "bytes");
  }

  /** One value alone is possible. */
  public static Range only(long value, String unit) {
    return of(value, value, unit);
  }

  /** Of whole numbers: up to 2^53, and the powers of two above. */
  public static Range of(long least, long most, String unit) {
    return new Range((double) least, (double) most, unit);
  }

  public boolean holds(double value) {
    return value >= least && value <= most;
  }

  /** Why this value cannot be, in one sentence; empty where it can. NaN never can. */
  public Optional<String> objection(String what, double value) {
    return holds(value) ? Optional.empty() : Optional.of(impossible(what, plain(value)));
  }

  /** Likewise for a whole number. */
  public Optional<String> objection(String what, long value) {
    return objection(what, (double) value);
  }

  /** Likewise for an unsigned 64-bit number. */
  public Optional<String> objectionUnsigned(String what, long value) {
    boolean possible = value >= 0 && holds((double) value);
    return possible
        ? Optional.empty()
        : Optional.of(impossible(what, Long.toUnsignedString(value)));
  }

  private String impossible(String what, String value) {
    String behind = unit.isEmpty() ? "" : " " + unit;
    String possible = least == most ? plain(least) : plain(least) + " to " + plain(most);
    return what + " " + value + behind + " is not possible: it is " + possible + behind;
  }

  private static String plain(double value) {
    return Double.isFinite(value)
        ? BigDecimal.valueOf(value).stripTrailingZeros().toPlainString()
        : String.valueOf(value);
  }
}
