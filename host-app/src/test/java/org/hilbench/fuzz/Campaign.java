package org.hilbench.fuzz;

/**
 * Many random cases of one kind, each made from a seed and judged.
 *
 * <p>A slice of a campaign runs in the tests; its full volume by {@code scripts/bench fuzz NAME}.
 */
public interface Campaign {
  /**
   * Runs {@code count} cases. The same count and seed make the same cases.
   *
   * @param log hears about progress, one line at a time
   * @throws Exception if the campaign itself cannot go on; a case that fails is part of the result
   */
  CampaignResult run(long count, long seed, Log log) throws Exception;

  /** Where progress goes. */
  @FunctionalInterface
  interface Log {
    void line(String text);
  }
}
