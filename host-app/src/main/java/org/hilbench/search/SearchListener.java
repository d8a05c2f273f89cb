package org.hilbench.search;

/** Follows a search; called from the loop's thread, so it must be quick. */
public interface SearchListener {
  SearchListener NONE = new SearchListener() {};

  default void started(Asked asked) {}

  default void finished(Told told) {}
}
