package org.hilbench.device;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * What the firmware knows about its clock. A time is only to be believed from a confirmed one.
 *
 * @param operatingPoint name of the one that is set
 * @param clockHz of the core; empty where not confirmed
 * @param confirmed whether every step of setting it was read back from the hardware
 * @param cause why it is not confirmed; empty text where it is
 * @param tickSource the counter that times inferences
 * @param tickHz its ticks a second; empty where it hangs on a clock that is not confirmed
 */
public record ClockReport(
    String operatingPoint,
    OptionalLong clockHz,
    boolean confirmed,
    String cause,
    String tickSource,
    OptionalLong tickHz) {
  public ClockReport {
    Objects.requireNonNull(operatingPoint);
    Objects.requireNonNull(cause);
    Objects.requireNonNull(tickSource);
    if (confirmed && clockHz.isEmpty()) {
      throw new IllegalArgumentException("a confirmed clock has a frequency");
    }
  }
}
