package org.hilbench.bench;

import java.util.Optional;
import org.hilbench.BenchException;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.OperatingPoint;
import org.hilbench.energy.EnergyMeter;

/** Finds the energy meter that watches a place. */
@FunctionalInterface
public interface Meters {
  /** No meter anywhere: energy is estimated. */
  Meters NONE = (board, point, place) -> Optional.empty();

  /**
   * Opens the meter, which may be what feeds the board: before the board is touched.
   *
   * @return empty where no meter watches this place
   * @throws BenchException if the meter does not answer or may not feed this board so
   */
  Optional<EnergyMeter> open(BoardProfile board, OperatingPoint point, Place.Taken place)
      throws BenchException;
}
