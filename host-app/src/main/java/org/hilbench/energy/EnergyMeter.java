package org.hilbench.energy;

/** A meter in the board's supply line, with the board's trigger pin on one of its inputs. */
public interface EnergyMeter extends AutoCloseable {
  /** Maker's name and how it is used, for provenance. */
  String name();

  /**
   * Begins to record.
   *
   * @throws EnergyException if the meter does not answer
   */
  void start() throws EnergyException;

  /**
   * Ends the recording and returns all of it.
   *
   * @throws EnergyException if the meter went or lost samples
   */
  PowerTrace stop() throws EnergyException;

  @Override
  void close();
}
