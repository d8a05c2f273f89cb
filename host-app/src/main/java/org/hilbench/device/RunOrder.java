package org.hilbench.device;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * What to run on the input that the device holds.
 *
 * @param perOp whether one more inference is looked at op by op
 * @param stopAfter operator after which one more inference stops, so that its output can be read
 * @param limit how long all of it may take
 */
public record RunOrder(
    int warmups, int runs, boolean perOp, OptionalInt stopAfter, Duration limit) {
  public RunOrder {
    if (warmups < 0 || runs < 0) {
      throw new IllegalArgumentException(warmups + " warm-ups, " + runs + " runs");
    }
    if (stopAfter.isPresent() && stopAfter.getAsInt() < 0) {
      throw new IllegalArgumentException("operator " + stopAfter.getAsInt());
    }
  }

  public static RunOrder timed(int warmups, int runs, boolean perOp, Duration limit) {
    return new RunOrder(warmups, runs, perOp, OptionalInt.empty(), limit);
  }

  /** One inference that is not timed. */
  public static RunOrder once(Duration limit) {
    return timed(1, 0, false, limit);
  }

  /** One inference that stops after this operator. */
  public static RunOrder upTo(int op, Duration limit) {
    return new RunOrder(0, 0, false, OptionalInt.of(op), limit);
  }
}
