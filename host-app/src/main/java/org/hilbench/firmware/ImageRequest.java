package org.hilbench.firmware;

import org.hilbench.board.BoardProfile;

/** Asks for an image: with a model linked in, or resident. */
public sealed interface ImageRequest permits FirmwareRequest, ResidentRequest {
  /** Where it shall run: the board itself, or {@link BoardProfile#standInOn} a machine. */
  BoardProfile board();

  KernelSet kernels();

  BuildFlags flags();
}
