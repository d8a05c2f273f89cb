package org.hilbench.search;

import java.util.Objects;

/**
 * What a strategy asked for, and the search carries out.
 *
 * @param number counts what is asked for, promotions too; a trial has the number of the ask that
 *     started it
 * @param proposal the trial's network; {@link Proposal#seen} is what was seen at this ask
 */
public record Asked(int number, TrialKey key, Proposal proposal) {
  public Asked {
    Objects.requireNonNull(proposal);
    if (key.rung() == 0 ? number != key.number() : number <= key.number()) {
      throw new IllegalArgumentException(key + " cannot be ask " + number);
    }
  }

  /** A new trial. */
  public static Asked start(int number, Proposal proposal) {
    return new Asked(number, TrialKey.first(number), proposal);
  }

  /** It is finished. */
  public Told told(Verdict verdict) {
    return new Told(this, verdict);
  }
}
