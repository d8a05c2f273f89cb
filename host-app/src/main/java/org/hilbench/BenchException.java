package org.hilbench;

import org.jspecify.annotations.Nullable;

/**
 * The world failed: a tool, a port, a file, a time-out. The message says what, which value and what
 * to do; it is shown to the user as it is, without a stack trace.
 */
public class BenchException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What a failure means for the process: which exit code, and whether a trial may absorb it. */
  public enum Kind {
    /** Bad flags, configuration or input files: exit code 2. */
    USAGE,
    /** A program, package, device or disk is missing or unusable: exit code 3. */
    ENVIRONMENT,
    /**
     * What happens to this machine and passes, whatever the candidate: a process that was killed, a
     * task that was cancelled. It is tried again, a bounded number of times, and never becomes a
     * trial's failure; exit code 3 where it does not pass.
     */
    PASSING,
    /** One candidate failed at one stage; the search goes on. */
    TRIAL
  }

  private final Stage stage;
  private final Kind kind;

  public BenchException(Stage stage, Kind kind, String message) {
    super(message);
    this.stage = stage;
    this.kind = kind;
  }

  public BenchException(Stage stage, Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.stage = stage;
    this.kind = kind;
  }

  /** Bad flags, configuration or input: exit code 2. */
  public static BenchException usage(Stage stage, String message) {
    return new BenchException(stage, Kind.USAGE, message);
  }

  /** Likewise, as something else found out. */
  public static BenchException usage(Stage stage, String message, @Nullable Throwable cause) {
    return new BenchException(stage, Kind.USAGE, message, cause);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  public Stage stage() {
    return stage;
  }

  public Kind kind() {
    return kind;
  }
}
