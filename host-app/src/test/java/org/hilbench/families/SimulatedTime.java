package org.hilbench.families;

/** The time of a register model: what waits on a register lets it pass. */
final class SimulatedTime {
  private double seconds;

  void pass(double some) {
    seconds += some;
  }

  double seconds() {
    return seconds;
  }
}
