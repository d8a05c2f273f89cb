package org.hilbench.search;

import java.util.concurrent.CompletableFuture;

/**
 * Takes one network all the way to its verdict.
 *
 * <p>The future completes after the trial is stored. A candidate's own failure is a {@link
 * Verdict.Failed}; a future that completes with a {@link org.hilbench.BenchException} of kind
 * USAGE, ENVIRONMENT or PASSING ends the search. Cancelling the future stops the work.
 */
public interface TrialRunner {

  /** Starts a trial, or takes it on to a higher rung, and returns at once. */
  CompletableFuture<Told> start(Asked asked);
}
