package org.hilbench.train;

import java.util.Objects;
import java.util.random.RandomGenerator;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Weights;

/**
 * Weights of an earlier training of the same architecture, to train on.
 *
 * @param parent what tells those weights apart, such as the hash of their stage key
 */
public record ParentWeights(String parent, Weights weights) implements WeightSource {
  public ParentWeights {
    Objects.requireNonNull(weights);
    if (parent.isBlank()) {
      throw new IllegalArgumentException("weights of a parent need its name");
    }
  }

  @Override
  public Weights startingWeights(Graph graph, RandomGenerator random) {
    Weights fresh = new FreshWeights().startingWeights(graph, random);
    for (String name : fresh.names()) {
      if (weights.get(name).length != fresh.get(name).length) {
        throw new IllegalArgumentException(
            "parent " + parent + " is another network: " + name + " differs in size");
      }
    }
    return weights;
  }

  @Override
  public String key() {
    return "parent " + parent;
  }
}
