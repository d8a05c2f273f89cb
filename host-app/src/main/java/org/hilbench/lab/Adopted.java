package org.hilbench.lab;

import java.util.Objects;
import java.util.Optional;
import org.hilbench.board.BoardProfile;

/**
 * A board that its user has said may be written to: its probe is bound to this profile in {@code
 * lab.yaml}. Whoever writes to a board asks for one of these, and only a {@link Lab} makes them, so
 * that no board is overwritten unasked.
 */
public final class Adopted {
  private final BoardProfile board;
  private final Probe probe;
  private final Optional<Integer> serialInterface;

  Adopted(BoardProfile board, Probe probe, Optional<Integer> serialInterface) {
    this.board = Objects.requireNonNull(board);
    this.probe = Objects.requireNonNull(probe);
    this.serialInterface = Objects.requireNonNull(serialInterface);
  }

  public BoardProfile board() {
    return board;
  }

  public Probe probe() {
    return probe;
  }

  /** The USB interface of its serial port; absent: the probe's first. */
  public Optional<Integer> serialInterface() {
    return serialInterface;
  }

  @Override
  public String toString() {
    return board.id() + " on probe " + probe;
  }
}
