package org.hilbench.firmware;

import java.util.Objects;
import org.hilbench.board.BoardProfile;

/**
 * Asks for a board's resident image: no model, every operator that the kernels have, and the means
 * to take a model over the serial line.
 */
public record ResidentRequest(BoardProfile board, KernelSet kernels, BuildFlags flags)
    implements ImageRequest {
  public ResidentRequest {
    Objects.requireNonNull(board);
    Objects.requireNonNull(kernels);
    Objects.requireNonNull(flags);
  }

  /** With the default flags. */
  public ResidentRequest(BoardProfile board, KernelSet kernels) {
    this(board, kernels, BuildFlags.DEFAULT);
  }
}
