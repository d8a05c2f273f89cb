package org.hilbench.cli;

/** The terminal that the launcher saw. */
final class Terminal {
  private static final int USUAL_WIDTH = 100;

  private Terminal() {}

  /** Whether standard error is one. */
  static boolean present() {
    return Boolean.getBoolean("hilbench.terminal");
  }

  /** Columns of the terminal; a usual number where there is none. */
  static int width() {
    return Integer.getInteger("hilbench.columns", USUAL_WIDTH);
  }
}
