package org.hilbench.energy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.hilbench.quantity.Range;

/** Current samples at a fixed rate, each with the level of the trigger pin. Immutable. */
public final class PowerTrace {
  /** Of every meter that is supported, and of others like them. */
  private static final Range RATE = new Range(1, 10e6, "Hz");

  private static final Range SUPPLY = new Range(0.5, 36, "V");

  /** A board takes less by far; a little below 0 is noise. */
  private static final Range CURRENT = new Range(-1, 5, "A");

  private final String meter;
  private final double sampleRateHz;
  private final double supplyVolts;
  private final double[] amperes;
  private final BitSet trigger;
  private final boolean beginsAtTheEdge;

  /**
   * @param supplyVolts at which all of the samples were taken
   * @param trigger bit i: the pin was high at sample i
   * @throws EnergyException if a number cannot be one of a meter's
   */
  public PowerTrace(
      String meter, double sampleRateHz, double supplyVolts, double[] amperes, BitSet trigger)
      throws EnergyException {
    this(meter, sampleRateHz, supplyVolts, amperes, trigger, false);
  }

  private PowerTrace(
      String meter,
      double sampleRateHz,
      double supplyVolts,
      double[] amperes,
      BitSet trigger,
      boolean beginsAtTheEdge)
      throws EnergyException {
    require(meter, "sample rate", sampleRateHz, RATE);
    require(meter, "supply", supplyVolts, SUPPLY);
    for (double sample : amperes) {
      require(meter, "sample", sample, CURRENT);
    }
    this.meter = meter;
    this.sampleRateHz = sampleRateHz;
    this.supplyVolts = supplyVolts;
    this.amperes = amperes.clone();
    this.trigger = (BitSet) trigger.clone();
    this.beginsAtTheEdge = beginsAtTheEdge;
  }

  private static void require(String meter, String what, double value, Range range)
      throws EnergyException {
    Optional<String> objection = range.objection(what, value);
    if (objection.isPresent()) {
      throw new EnergyException(meter + ": " + objection.get());
    }
  }

  /**
   * A trace of a meter that begins to record at the trigger's rising edge, and sees no other: where
   * the phase ends, only the firmware's counter can tell.
   */
  public static PowerTrace fromTheEdge(
      String meter, double sampleRateHz, double supplyVolts, double[] amperes)
      throws EnergyException {
    return new PowerTrace(meter, sampleRateHz, supplyVolts, amperes, new BitSet(), true);
  }

  /** Whether its first sample is that of the trigger's rising edge. */
  public boolean beginsAtTheEdge() {
    return beginsAtTheEdge;
  }

  /** With the trigger high for its first samples. */
  PowerTrace highFor(int samples) throws EnergyException {
    BitSet high = new BitSet(samples);
    high.set(0, samples);
    return new PowerTrace(meter, sampleRateHz, supplyVolts, amperes, high, true);
  }

  public String meter() {
    return meter;
  }

  public double sampleRateHz() {
    return sampleRateHz;
  }

  public double supplyVolts() {
    return supplyVolts;
  }

  public int samples() {
    return amperes.length;
  }

  public double amperes(int sample) {
    return amperes[sample];
  }

  boolean high(int sample) {
    return trigger.get(sample);
  }

  /**
   * Where the trigger's level changes: each the first sample of its new level, in order. None where
   * no edge was seen; a trace that begins at the edge has none inside.
   */
  public List<Integer> edges() {
    List<Integer> edges = new ArrayList<>();
    boolean level = high(0);
    for (int at = next(0, !level); at >= 0; at = next(at, !level)) {
      edges.add(at);
      level = !level;
    }
    return edges;
  }

  /** The first sample at or after {@code from} whose trigger level is {@code level}; -1 if none. */
  int next(int from, boolean level) {
    int found = level ? trigger.nextSetBit(from) : trigger.nextClearBit(from);
    return found < samples() ? found : -1;
  }

  /** Joules of the samples {@code from} to {@code to}, exclusive. */
  double joules(int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += amperes[i];
    }
    return sum * supplyVolts / sampleRateHz;
  }
}
