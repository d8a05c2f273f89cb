package org.hilbench.cli;

import org.hilbench.BenchException;

/** What the process tells its caller. */
final class ExitCode {
  static final int OK = 0;

  /** No usable trial, or a gate was missed. */
  static final int NO_RESULT = 1;

  static final int USAGE = 2;
  static final int ENVIRONMENT = 3;
  static final int INTERRUPTED = 130;

  private ExitCode() {}

  static int of(BenchException e) {
    return switch (e.kind()) {
      case USAGE -> USAGE;
      case ENVIRONMENT, PASSING -> ENVIRONMENT;
      case TRIAL -> NO_RESULT;
    };
  }
}
