package org.hilbench.train;

import java.util.random.RandomGenerator;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Weights;

/** Where the weights of a network start from; asked once, in the main process. */
public interface WeightSource {

  /** Starting weights with every name that {@code graph} needs in training. */
  Weights startingWeights(Graph graph, RandomGenerator random);

  /** What the starting weights depend on besides graph and seed: part of the training's key. */
  String key();
}
