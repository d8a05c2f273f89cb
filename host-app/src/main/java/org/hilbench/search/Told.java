package org.hilbench.search;

import java.util.Objects;

/** A finished trial: its number, what was tried, and what became of it. */
public record Told(int trial, Proposal proposal, Verdict verdict) {
  public Told {
    Objects.requireNonNull(proposal);
    Objects.requireNonNull(verdict);
    if (trial < 0) {
      throw new IllegalArgumentException("trial " + trial + " is below 0");
    }
  }
}
