package org.hilbench.energy;

/** The voltage that a meter is asked to feed a board with. */
final class Supply {
  private Supply() {}

  /** Refuses a supply outside of what the meter gives and the board takes, before it is set. */
  static void require(int millivolts, int least, int most) throws EnergyException {
    if (millivolts > most || millivolts < least) {
      throw new EnergyException(
          "supply "
              + millivolts
              + " mV is not within "
              + least
              + ".."
              + most
              + " mV, what the meter gives and the board takes");
    }
  }
}
