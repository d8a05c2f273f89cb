package org.hilbench.measure;

import java.util.Locale;
import java.util.Objects;
import org.hilbench.quantity.Quantity;

/**
 * That a model does not fit a board, and by how much.
 *
 * @param what what is too small, in the linker's or the constraint's word: FLASH, RAM, arena
 * @param needed how much the model takes (of an arena that the runtime refused: at least)
 * @param limit how much there is
 */
public record DoesNotFit(String boardId, String what, Quantity needed, Quantity limit) {
  public DoesNotFit {
    Objects.requireNonNull(boardId);
    Objects.requireNonNull(what);
    Objects.requireNonNull(needed);
    Objects.requireNonNull(limit);
  }

  /** By how much it is too large, as a share of what there is; 0 or more. */
  public double excess() {
    return Math.max(0, needed.value() / limit.value() - 1);
  }

  /** Without numbers: {@code FLASH of nucleo-l4r5zi is too small}. */
  public String shortly() {
    return what + " of " + boardId + " is too small";
  }

  /** In one line, the same wherever it is told. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "%s: %,.0f bytes are needed%s, there are %,.0f",
        shortly(),
        needed.value(),
        needed instanceof Quantity.Estimated ? " or more" : "",
        limit.value());
  }
}
