package org.hilbench.search;

import com.fasterxml.jackson.annotation.JsonProperty;

/** In which order a strategy learns of finished trials. */
public enum TellOrder {
  /**
   * By number: the proposal of trial n sees the tells of all trials before n - window. A search
   * repeats whatever the timing.
   */
  @JsonProperty("number")
  BY_NUMBER,

  /**
   * As they finish: nothing waits for a slow board. The stored order of the tells and {@link
   * Proposal#seen} replay the search.
   */
  @JsonProperty("arrival")
  BY_ARRIVAL
}
