package org.hilbench.train;

import java.time.Duration;
import org.hilbench.BenchException;
import org.hilbench.data.DataReference;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Weights;
import org.hilbench.quantize.Observations;

/** Observes the tensors of a float network over training examples. Thread-safe. */
public interface Observer {
  /**
   * A network to observe.
   *
   * @param name what to call it in messages
   * @param graph of these weights
   * @param deadline longest time in a worker
   */
  record Task(String name, Graph graph, Weights weights, DataReference data, Duration deadline) {}

  /** Runs it over the first examples of the training part. */
  Observations observe(Task task) throws BenchException;
}
