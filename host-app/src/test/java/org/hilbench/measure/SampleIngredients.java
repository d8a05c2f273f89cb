package org.hilbench.measure;

import java.nio.charset.StandardCharsets;
import org.hilbench.Sha256;
import org.hilbench.firmware.ContentReference;

/** Ingredients whose content is their name: for queues and benches that build nothing. */
public final class SampleIngredients {
  private SampleIngredients() {}

  /**
   * @param kernels name of the set
   */
  public static Ingredients of(String board, String kernels) {
    return new Ingredients(named(board), named(kernels), named("a runtime"));
  }

  public static ContentReference named(String name) {
    return new ContentReference(name, Sha256.hex(name.getBytes(StandardCharsets.UTF_8)));
  }
}
