package org.hilbench.data;

import java.util.random.RandomGenerator;
import org.hilbench.graph.Shape;

/** How examples are varied each time a network is trained on them. */
public interface Augmentation {
  /** Examples as they are. */
  Augmentation NONE =
      new Augmentation() {
        @Override
        public void apply(
            Shape shape, float[] example, float[] target, int offset, RandomGenerator random) {
          System.arraycopy(example, 0, target, offset, example.length);
        }

        @Override
        public String canonical() {
          return "augmentation=none";
        }
      };

  /**
   * Writes a variant of an example (HWC).
   *
   * @param shape of the example
   * @param offset where in {@code target} the variant begins
   * @param random decides what is varied, with nothing else
   */
  void apply(Shape shape, float[] example, float[] target, int offset, RandomGenerator random);

  /** One line that is equal exactly when the augmentation is: part of the key of weights. */
  String canonical();
}
