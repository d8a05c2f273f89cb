package org.hilbench.measure;

import java.util.List;
import org.hilbench.BenchException;

/** What is known of the benches behind a queue. Safe for many threads. */
public interface BenchFacts {
  /**
   * What firmware is made of there.
   *
   * @param kernels set of kernels, as a user names it
   */
  Ingredients ingredients(String boardId, String kernels) throws BenchException;

  /**
   * What a job would be measured under: one for each machine that may run it, such as several equal
   * boards; none where nothing tells what runs.
   */
  List<Conditions> conditions(MeasurementJob job) throws BenchException;
}
