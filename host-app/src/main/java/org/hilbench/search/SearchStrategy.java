package org.hilbench.search;

import java.util.Optional;

/**
 * Decides what to try next.
 *
 * <p>A proposal is a pure function of the seed that the strategy was made with, the trial's number
 * and the history; it never depends on time, threads or what the instance was asked before. So a
 * search is resumed by showing the strategy the stored tells. An instance may keep what it derived
 * from a history as a cache.
 */
public interface SearchStrategy {

  /** How many trials it takes where so many networks are to be tried. */
  default int trials(int networks) {
    return networks;
  }

  /** The network for trial {@code trial}; empty when there is nothing left to try. */
  Optional<Proposal> propose(int trial, History history);
}
