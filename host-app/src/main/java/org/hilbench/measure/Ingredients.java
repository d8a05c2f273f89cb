package org.hilbench.measure;

import java.util.Objects;
import org.hilbench.firmware.ContentReference;

/**
 * What the firmware of a measurement is made of, beside the model: by content, so that a bench
 * knows whether it has the same.
 *
 * @param board its profile, by the id of the board
 * @param kernels the set of kernels
 * @param runtime the TensorFlow Lite Micro
 */
public record Ingredients(
    ContentReference board, ContentReference kernels, ContentReference runtime) {
  public Ingredients {
    Objects.requireNonNull(board);
    Objects.requireNonNull(kernels);
    Objects.requireNonNull(runtime);
  }
}
