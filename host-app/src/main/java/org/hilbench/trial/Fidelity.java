package org.hilbench.trial;

/** How much training a trial had: its numbers compare only with those of the same fidelity. */
public enum Fidelity {
  /** The search's own small budget. */
  SEARCH,
  /** A point of the front trained on at the final budget. */
  FINAL
}
