package org.hilbench.device;

import java.util.Locale;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.protocol.ErrorCode;
import org.jspecify.annotations.Nullable;

/** A device that did not do what it was asked; the subclass says how. */
public abstract sealed class DeviceException extends BenchException {
  private static final long serialVersionUID = 1L;

  private DeviceException(Kind kind, String message, @Nullable Throwable cause) {
    super(Stage.RUN, kind, message, cause);
  }

  /** It was reset, or changed for another, since it was greeted: what it held is void. */
  public static final class Reset extends DeviceException {
    private static final long serialVersionUID = 1L;

    public Reset(String message) {
      super(Kind.TRIAL, message, null);
    }
  }

  /** Its watchdog reset it: what it was at took longer than that allows. */
  public static final class OutlastedWatchdog extends DeviceException {
    private static final long serialVersionUID = 1L;
    private final transient FaultReport report;

    public OutlastedWatchdog(String where, FaultReport report) {
      super(Kind.TRIAL, where + ": " + report.describe(), null);
      this.report = report;
    }

    public FaultReport report() {
      return report;
    }
  }

  /** The processor faulted. */
  public static final class Fault extends DeviceException {
    private static final long serialVersionUID = 1L;
    private final transient FaultReport report;

    public Fault(String where, FaultReport report) {
      super(Kind.TRIAL, where + ": " + report.describe(), null);
      this.report = report;
    }

    public FaultReport report() {
      return report;
    }
  }

  /** No answer until the deadline. */
  public static final class TimedOut extends DeviceException {
    private static final long serialVersionUID = 1L;

    public TimedOut(String message) {
      super(Kind.TRIAL, message, null);
    }
  }

  /** The line ended: a cable, a simulator's core that stopped, a device that was closed. */
  public static final class Lost extends DeviceException {
    private static final long serialVersionUID = 1L;

    public Lost(String message, @Nullable Throwable cause) {
      super(Kind.TRIAL, message, cause);
    }
  }

  /** The process of its simulator ended: what a board's lost power would be. */
  public static final class Died extends DeviceException {
    private static final long serialVersionUID = 1L;
    private final boolean fromOutside;

    Died(String message, boolean fromOutside) {
      super(Kind.PASSING, message, null);
      this.fromOutside = fromOutside;
    }

    /** Whether what ran on it had no part in that, as far as it can be told. */
    public boolean fromOutside() {
      return fromOutside;
    }
  }

  /** It understood and refused. */
  public static sealed class Refused extends DeviceException {
    private static final long serialVersionUID = 1L;
    private final ErrorCode code;

    public Refused(ErrorCode code, String message) {
      super(Kind.TRIAL, message, null);
      this.code = code;
    }

    public ErrorCode code() {
      return code;
    }
  }

  /** It has no room for the model that it was to take. */
  public static final class TooLarge extends Refused {
    private static final long serialVersionUID = 1L;

    public TooLarge(String message) {
      super(ErrorCode.OUT_OF_RANGE, message);
    }
  }

  /**
   * Its answer arrived whole and does not say what it must: another firmware, or a defect in it.
   */
  public static final class Malformed extends DeviceException {
    private static final long serialVersionUID = 1L;

    public Malformed(String message, @Nullable Throwable cause) {
      super(Kind.TRIAL, message, cause);
    }
  }

  /** The flash that its firmware programs did not take what was written. */
  public static final class FlashFailed extends DeviceException {
    private static final long serialVersionUID = 1L;
    private final long address;
    private final long status;

    /**
     * @param said the firmware's own words
     * @param address where it happened
     * @param status of the flash controller, as its status register stood
     */
    public FlashFailed(String name, String said, long address, long status) {
      super(
          Kind.TRIAL,
          String.format(
              Locale.ROOT,
              "the flash of %s did not take the model (%s, at 0x%08x, status 0x%08x; nothing"
                  + " outside its slot was touched)",
              name,
              said,
              address,
              status),
          null);
      this.address = address;
      this.status = status;
    }

    public long address() {
      return address;
    }

    public long status() {
      return status;
    }
  }

  /** The calling thread was interrupted; its flag stays set. */
  public static final class Interrupted extends DeviceException {
    private static final long serialVersionUID = 1L;

    public Interrupted(String message) {
      super(Kind.PASSING, message, null);
    }
  }
}
