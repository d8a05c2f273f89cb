package org.hilbench.space;

import java.util.List;
import org.hilbench.Registry;
import org.hilbench.graph.Precision;
import org.hilbench.graph.Shape;

/** A kind of search space: makes the space for given data, and knows the form of its networks. */
public interface SpaceProvider extends Registry.Named {
  /** One word; it stands in the JSON form of its networks. */
  @Override
  String name();

  /** The record of its networks, whose components are their JSON form. */
  Class<? extends Architecture> architectures();

  /**
   * The space for inputs of this shape.
   *
   * @param precisions that each convolution may have
   */
  SearchSpace space(Shape input, int classes, List<Precision> precisions);
}
