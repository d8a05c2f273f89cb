package org.hilbench.selftest;

import java.util.Objects;

/**
 * One line of the table.
 *
 * @param what was tried
 * @param found values that were seen, or why it was not tried
 */
public record Finding(String what, Result result, String found) {
  /** How a trial ended. */
  public enum Result {
    PASS,
    FAIL,
    /** It cannot be tried here. */
    SKIPPED
  }

  public Finding {
    Objects.requireNonNull(what);
    Objects.requireNonNull(result);
    Objects.requireNonNull(found);
  }
}
