package org.hilbench.device;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What a tick of the device's counter stands for beyond time. */
interface TickMeaning {
  /** Instructions a tick; empty where the counter says nothing about instructions. */
  OptionalDouble instructionsPerTick(ClockReport clock);

  /** A counter of real hardware. */
  static TickMeaning time() {
    return clock -> OptionalDouble.empty();
  }

  /**
   * A simulator in which every instruction takes the same simulated time.
   *
   * @param tickHz of the simulator's model of the counter; empty if it is what the firmware says
   */
  static TickMeaning instructionsOf(double secondsEach, OptionalLong tickHz) {
    return clock -> {
      OptionalLong hz = tickHz.isPresent() ? tickHz : clock.tickHz();
      return hz.isPresent()
          ? OptionalDouble.of(1 / (hz.getAsLong() * secondsEach))
          : OptionalDouble.empty();
    };
  }
}
