package org.hilbench.search;

import java.util.Locale;

/**
 * One stretch of a trial's way, as SMAC3 (Lindauer et al. 2022) names it: the trial's number, and
 * the rung that it is taken to. Every trial of a search starts on rung 0, a promotion takes it to a
 * higher one; above the rungs of the search is that of the final training.
 */
public record TrialKey(int number, int rung) implements Comparable<TrialKey> {
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

  /** The same trial on another rung. */
  public TrialKey on(int other) {
    return new TrialKey(number, other);
  }

  /** By number, then by rung. */
  @Override
  public int compareTo(TrialKey other) {
    return number == other.number
        ? Integer.compare(rung, other.rung)
        : Integer.compare(number, other.number);
  }

  @Override
  public String toString() {
    return rung == 0 ? "trial " + number : "trial " + number + " on rung " + rung;
  }
}
