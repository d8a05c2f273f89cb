package org.hilbench.store;

import java.util.Objects;
import org.hilbench.graph.Shape;

/**
 * What the networks of an experiment take and give.
 *
 * @param input shape of one input
 * @param classes how many there are to tell apart
 */
public record DataShape(Shape input, int classes) {
  public DataShape {
    Objects.requireNonNull(input);
    if (classes < 1) {
      throw new IllegalArgumentException("classes " + classes + " are not 1 or more");
    }
  }
}
