package org.hilbench.search;

import java.util.Objects;

/** What was asked for is finished: what became of it. */
public record Told(Asked asked, Verdict verdict) {
  public Told {
    Objects.requireNonNull(asked);
    Objects.requireNonNull(verdict);
  }

  /** Of a trial's start. */
  public Told(int trial, Proposal proposal, Verdict verdict) {
    this(Asked.start(trial, proposal), verdict);
  }

  /** Of the ask, see {@link Asked}. */
  public int number() {
    return asked.number();
  }

  public TrialKey key() {
    return asked.key();
  }

  /** The trial's number. */
  public int trial() {
    return asked.key().number();
  }

  public Proposal proposal() {
    return asked.proposal();
  }
}
