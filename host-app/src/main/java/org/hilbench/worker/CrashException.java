package org.hilbench.worker;

import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.jspecify.annotations.Nullable;

/** A worker process ended, hung or broke at a task, and cannot be used any more. */
final class CrashException extends BenchException {
  private static final long serialVersionUID = 1L;
  private final boolean fromOutside;

  /**
   * @param fromOutside whether the task had no part in it, as far as it can be told
   */
  CrashException(Stage stage, String message, boolean fromOutside, @Nullable Throwable cause) {
    super(stage, Kind.PASSING, message, cause);
    this.fromOutside = fromOutside;
  }

  boolean fromOutside() {
    return fromOutside;
  }
}
