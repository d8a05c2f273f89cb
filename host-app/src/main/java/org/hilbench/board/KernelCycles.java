package org.hilbench.board;

import java.util.Optional;

/** Factors of the kernel sets that somebody counted on a part, by the sets' names. */
public record KernelCycles(Optional<CycleFactor> hilbench, Optional<CycleFactor> reference) {
  /** That of this set; empty where there is none. */
  Optional<CycleFactor> of(String kernels) {
    return switch (kernels) {
      case "hilbench" -> hilbench;
      case "reference" -> reference;
      default -> Optional.empty();
    };
  }
}
