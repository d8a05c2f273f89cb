package org.hilbench.search;

import java.util.List;
import org.hilbench.BenchException;

/**
 * Decides what to try next.
 *
 * <p>An answer is a pure function of the seed that the strategy was made with, the ask's number and
 * the history; it never depends on time, threads or what the instance was asked before. So a search
 * is resumed by showing the strategy the stored tells. An instance may keep what it derived from a
 * history as a cache, here or in a checkpoint ({@link StrategyServices}); it is asked by one thread
 * at a time.
 *
 * <p>It may think for long: it is asked off the thread that runs the search, and interrupted when
 * the search is cut short.
 */
public interface SearchStrategy {

  /** How many asks it takes, promotions too, where so many networks are to be tried. */
  default int trials(int networks) {
    return networks;
  }

  /** The rungs that its promotions take a trial to; one where it promotes none. */
  default List<Rung> rungs() {
    return Rung.ONE;
  }

  /**
   * What to do under this number.
   *
   * @throws BenchException when the strategy cannot go on, with the reason; it ends the search
   * @throws InterruptedException when the thread was interrupted
   */
  Ask ask(int number, History history) throws BenchException, InterruptedException;
}
