package org.hilbench.search;

import java.util.Objects;
import java.util.Optional;

/** What a strategy wants done next. */
public sealed interface Ask {

  /** A new trial of this network, on rung 0. */
  record Start(Proposal proposal) implements Ask {
    public Start {
      Objects.requireNonNull(proposal);
    }
  }

  /**
   * The trial of this number is taken on to a higher rung.
   *
   * <p>The strategy must have seen the tell of the rung on which the trial is now.
   */
  record Promote(int trial, int rung) implements Ask {
    public Promote {
      if (trial < 0 || rung < 1) {
        throw new IllegalArgumentException(
            "trial " + trial + " must be 0 or more, rung " + rung + " 1 or more");
      }
    }

    TrialKey key() {
      return new TrialKey(trial, rung);
    }
  }

  /**
   * Nothing yet: the strategy is asked again, under the same number, when it may see a tell more.
   */
  record Wait() implements Ask {}

  /** Nothing is left to try, now or later. */
  record End() implements Ask {}

  /** A new trial, or the end where no proposal is left. */
  static Ask startOrEnd(Optional<Proposal> proposal) {
    return proposal.<Ask>map(Start::new).orElseGet(End::new);
  }
}
