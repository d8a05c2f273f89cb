package org.hilbench.bench;

import org.hilbench.BenchException;
import org.hilbench.board.BoardProfile;
import org.hilbench.measure.MeasurementJob;

/**
 * Runs what is to run on a board on the one that somebody at this desk named by its port or its
 * probe: a job names neither.
 */
public final class NamedPort implements Place.Finder {
  private final String port;
  private final Place.Finder places;

  /**
   * @param port as {@code serial:/dev/ttyACM0}
   */
  public NamedPort(String port, Place.Finder places) {
    this.port = port;
    this.places = places;
  }

  @Override
  public Place find(BoardProfile board, String on) throws BenchException {
    return places.find(board, on.equals(MeasurementJob.ON_BOARD) ? port : on);
  }
}
