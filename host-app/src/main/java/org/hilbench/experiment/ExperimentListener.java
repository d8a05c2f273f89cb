package org.hilbench.experiment;

import org.hilbench.search.SearchListener;
import org.hilbench.worker.Progress;

/**
 * Hears how an experiment goes. Work is counted in training samples, which take nearly all of the
 * time. {@link #started} and {@link #finished} come from the thread that runs the experiment, the
 * others from any.
 */
public interface ExperimentListener extends SearchListener {
  /** Hears nothing. */
  ExperimentListener NOBODY = new ExperimentListener() {};

  /** There are so many training samples more to see. */
  default void expected(double samples) {}

  /** A network is trained; the answer hears how far that is. */
  default Progress training(String name) {
    return (samples, ofSamples) -> {};
  }

  /** A piece of work is over, however far it came. */
  default void worked(String name, double samples) {}

  /** The search is over, and the best of it are trained on. */
  default void trainsOn(int networks, long samplesEach) {}
}
