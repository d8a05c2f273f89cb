package org.hilbench.serial;

import java.io.IOException;

/** A serial port failed, and how. */
public final class PortException extends IOException {
  private static final long serialVersionUID = 1L;

  /** How a port can fail. */
  public enum Reason {
    /** Not plugged in, or unplugged and not come back. */
    ABSENT,
    /** Another program holds it. */
    HELD,
    /** This user may not open it. */
    FORBIDDEN,
    /** It was there and is no more. */
    LOST,
    /** It takes none of the rates asked for. */
    NO_RATE;

    /**
     * Whether waiting may help: a port that re-enumerates is away for a moment, and udev sets its
     * owner a moment after it came.
     */
    boolean mayPass() {
      return this == ABSENT || this == LOST || this == FORBIDDEN;
    }
  }

  private final Reason reason;

  PortException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
