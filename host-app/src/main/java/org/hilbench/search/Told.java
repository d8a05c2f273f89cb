package org.hilbench.search;

import java.util.Objects;

/**
 * A finished trial: its number, what was tried, how many tells the strategy had seen when it
 * proposed it, and what became of it.
 */
public record Told(int trial, Proposal proposal, int seen, Verdict verdict) {
  public Told {
    Objects.requireNonNull(proposal);
    Objects.requireNonNull(verdict);
    if (trial < 0 || seen < 0) {
      throw new IllegalArgumentException("trial " + trial + ", seen " + seen + ": below 0");
    }
  }
}
