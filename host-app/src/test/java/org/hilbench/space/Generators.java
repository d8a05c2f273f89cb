package org.hilbench.space;

import java.util.Random;
import java.util.random.RandomGenerator;
import org.hilbench.graph.Shape;
import org.hilbench.space.image.ImageSpace;
import org.hilbench.space.image.SpaceBounds;

/** Seeded generators and spaces for tests. */
public final class Generators {
  private Generators() {}

  public static RandomGenerator seeded(long seed) {
    return new Random(seed);
  }

  /** The space of the default search. */
  public static ImageSpace fashionSpace() {
    return new ImageSpace(SpaceBounds.smallImages(new Shape(28, 28, 1), 10));
  }
}
