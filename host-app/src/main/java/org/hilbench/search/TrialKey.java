package org.hilbench.search;

import java.util.Locale;

/**
 * One stretch of a trial's way, as SMAC3 (Lindauer et al. 2022) names it: the trial's number, and
 * the rung that it is taken to. Every trial starts on rung 0, a promotion takes it to a higher one.
 */
public record TrialKey(int number, int rung) {
  public TrialKey {
    if (number < 0 || rung < 0) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "trial %d and rung %d must be 0 or more", number, rung));
    }
  }

  /** Where trial {@code number} starts. */
  public static TrialKey first(int number) {
    return new TrialKey(number, 0);
  }

  @Override
  public String toString() {
    return rung == 0 ? "trial " + number : "trial " + number + " on rung " + rung;
  }
}
