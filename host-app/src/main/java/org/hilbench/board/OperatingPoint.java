package org.hilbench.board;

import java.util.Map;
import java.util.Optional;

/**
 * A clock that the part can run at, with what the clock needs; searches over clocks choose among
 * these.
 *
 * @param name unique within the board, such as {@code 120mhz}
 * @param clockHz of the core
 * @param flashWaitStates extra cycles of a flash access at this clock and voltage
 * @param voltageRange the regulator's setting in the manual's words; absent where there is none
 * @param settings numbers of the clock tree for the family's start-up code, by its names
 * @param typicalPower absent where no document states it
 * @param source document and section of clock, wait states and voltage range
 */
public record OperatingPoint(
    String name,
    long clockHz,
    int flashWaitStates,
    Optional<String> voltageRange,
    Optional<Map<String, Integer>> settings,
    Optional<TypicalPower> typicalPower,
    String source) {
  public OperatingPoint {
    Checks.word("name", name);
    if (clockHz < 100_000 || clockHz > 2_000_000_000) {
      throw new IllegalArgumentException(
          "clockHz " + clockHz + " is not within 100 kHz..2 GHz; it is in hertz");
    }
    if (flashWaitStates < 0 || flashWaitStates > 15) {
      throw new IllegalArgumentException(
          "flashWaitStates " + flashWaitStates + " is not within 0..15");
    }
    settings = settings.map(Map::copyOf);
    Checks.stated("source", source);
  }
}
