package org.hilbench.energy;

/**
 * Energy of one inference: the integral of power between the trigger's edges, by the count of
 * inferences between them.
 *
 * @param idleWatts mean power while the trigger was low
 * @param samples between the edges
 */
public record InferenceEnergy(
    double joules,
    double idleWatts,
    double supplyVolts,
    double sampleRateHz,
    int samples,
    String meter) {
  private static final int LEAST_SAMPLES = 20;

  /**
   * Reads a trace whose phase may be known by its rising edge alone.
   *
   * @param seconds that the timed inferences took by the firmware's own counter; used only where
   *     the meter does not see the falling edge
   * @throws EnergyException as {@link #of(PowerTrace, int)}
   */
  public static InferenceEnergy of(PowerTrace trace, int inferences, double seconds)
      throws EnergyException {
    if (!trace.beginsAtTheEdge()) {
      return of(trace, inferences);
    }
    long high = Math.round(seconds * trace.sampleRateHz());
    if (high >= trace.samples() - LEAST_SAMPLES) {
      throw new EnergyException(
          trace.meter()
              + " recorded "
              + trace.samples()
              + " samples, the inferences take "
              + high
              + ": the recording does not hold the whole phase");
    }
    return read(trace.highFor((int) high), inferences, 0, (int) high);
  }

  /**
   * Reads a trace that holds exactly one high phase of the trigger, low before and after.
   *
   * @param inferences that ran while the pin was high, at least 1
   * @throws EnergyException if no whole phase is seen, or more than one, or it has too few samples
   */
  public static InferenceEnergy of(PowerTrace trace, int inferences) throws EnergyException {
    if (inferences < 1) {
      throw new IllegalArgumentException("inferences " + inferences + " is below 1");
    }
    int rise = trace.next(0, true);
    if (rise < 0) {
      throw new EnergyException(
          "no trigger seen in "
              + trace.samples()
              + " samples of "
              + trace.meter()
              + ": wire the board's trigger pin to the meter's first logic input, and their"
              + " grounds");
    }
    int fall = trace.next(rise, false);
    if (rise == 0 || fall < 0) {
      throw new EnergyException(
          "the trigger was high at the "
              + (rise == 0 ? "first" : "last")
              + " sample: the"
              + " recording does not hold the whole phase");
    }
    if (trace.next(fall, true) >= 0) {
      throw new EnergyException("the trigger rose twice: which inferences are meant is not known");
    }
    return read(trace, inferences, rise, fall);
  }

  private static InferenceEnergy read(PowerTrace trace, int inferences, int rise, int fall)
      throws EnergyException {
    if (fall - rise < LEAST_SAMPLES) {
      throw new EnergyException(
          "only " + (fall - rise) + " samples while the trigger was high; run more inferences");
    }
    int low = trace.samples() - (fall - rise);
    double idleJoules = trace.joules(0, rise) + trace.joules(fall, trace.samples());
    double joules = trace.joules(rise, fall) / inferences;
    if (!(joules > 0)) {
      throw new EnergyException(
          trace.meter()
              + ": an inference of "
              + joules
              + " J is not possible: it takes some; is the meter in the supply the right way round?");
    }
    return new InferenceEnergy(
        joules,
        idleJoules * trace.sampleRateHz() / low,
        trace.supplyVolts(),
        trace.sampleRateHz(),
        fall - rise,
        trace.meter());
  }
}
