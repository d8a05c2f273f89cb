package org.hilbench.search;

import java.util.Locale;
import java.util.Objects;

/**
 * How far and in what order a search goes.
 *
 * @param trials how often the strategy is asked for a trial or a promotion, in all
 * @param order in which order the strategy learns of them
 * @param window by number: how many asks before its own the strategy does not see the tells of
 * @param inFlight how many trials may run at once; by number it changes no proposal
 */
public record SearchPlan(int trials, TellOrder order, int window, int inFlight) {
  public static final int DEFAULT_WINDOW = 2;

  public SearchPlan {
    Objects.requireNonNull(order);
    if (trials < 1 || window < 0 || inFlight < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "trials %d and inFlight %d must be at least 1, window %d at least 0",
              trials,
              inFlight,
              window));
    }
  }

  /** How many trials run at once: by number never more than the window lets through. */
  public int atOnce() {
    return order == TellOrder.BY_NUMBER ? Math.min(inFlight, window + 1) : inFlight;
  }

  /** Tells by number, as many trials at once as the default window allows. */
  public static SearchPlan of(int trials) {
    return new SearchPlan(trials, TellOrder.BY_NUMBER, DEFAULT_WINDOW, DEFAULT_WINDOW + 1);
  }
}
