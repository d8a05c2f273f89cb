package org.hilbench.lab;

import org.hilbench.board.BoardProfile;

/** Boards whose user was asked and said yes. */
public final class Adoptions {
  private Adoptions() {}

  public static Adopted of(BoardProfile board, Probe probe) {
    return Lab.EMPTY.adopting(probe, board).adopted(probe, board).orElseThrow();
  }
}
