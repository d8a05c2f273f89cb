package org.hilbench.firmware;

import java.util.Objects;
import org.hilbench.board.BoardProfile;
import org.hilbench.tflite.TfliteModel;

/**
 * Asks for the image of one model.
 *
 * @param board where it shall run: the board itself, or {@link BoardProfile#standInOn} a machine
 */
public record FirmwareRequest(
    TfliteModel model, BoardProfile board, KernelSet kernels, BuildFlags flags)
    implements ImageRequest {
  public FirmwareRequest {
    Objects.requireNonNull(model);
    Objects.requireNonNull(board);
    Objects.requireNonNull(kernels);
    Objects.requireNonNull(flags);
  }

  /** With the default flags. */
  public FirmwareRequest(TfliteModel model, BoardProfile board, KernelSet kernels) {
    this(model, board, kernels, BuildFlags.DEFAULT);
  }
}
