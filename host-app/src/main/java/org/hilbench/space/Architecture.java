package org.hilbench.space;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Op;
import org.hilbench.graph.QuantPolicy;
import org.hilbench.graph.Shape;

/**
 * A network as its {@link SearchSpace} describes it, with the precision of each of its
 * convolutions.
 *
 * <p>It says nothing of input size or classes, so the same architecture can be built for several
 * data sets. Implementations are records: equal descriptions are equal, and the JSON form is the
 * components by name, with the name of the space beside them.
 */
public interface Architecture {
  /**
   * The name under which {@link Spaces} knows how to read the JSON form; networks of {@link
   * Spaces#DEFAULT} leave it out there.
   */
  @JsonProperty(Spaces.KEY)
  String space();

  /** The network for inputs of this shape; any shape will do. */
  Graph toGraph(Shape input, int classes);

  /** The precision of every convolution, in the order of execution. */
  QuantPolicy policy();

  /** The same network under another policy for all its convolutions. */
  Architecture withPolicy(QuantPolicy policy);

  /** One line for tables. */
  String summary();

  /** The JSON form on one line; {@link Spaces#parse} reads it back. */
  default String json() {
    return Spaces.json(this);
  }

  /** The same network in int8: what its float weights depend on. */
  default Architecture inInt8() {
    return withPolicy(QuantPolicy.INT8);
  }

  /** How many convolutions there are. */
  default int convolutions() {
    return (int)
        toGraph(new Shape(1, 1, 1), 1).nodes().stream()
            .filter(node -> node.op() instanceof Op.Convolution)
            .count();
  }

  /**
   * SHA-256, in hex, of the network that this describes: two descriptions of one network have one
   * hash, whatever the inputs and the classes.
   */
  default String canonicalHash() {
    return GraphHash.of(toGraph(new Shape(1, 1, 1), 1));
  }
}
