package org.hilbench.bench;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntSupplier;
import org.hilbench.energy.EnergyException;
import org.hilbench.energy.EnergyMeter;
import org.hilbench.energy.PowerTrace;

/** A meter that saw one phase of the trigger, with a constant current throughout. */
final class WatchingMeter implements EnergyMeter {
  static final double RATE_HZ = 10_000;
  static final int HIGH = 2_000;

  private final double amperes;
  private final IntSupplier moment;
  private int startedAt;
  private int stoppedAt;
  private boolean recording;
  private boolean closed;

  WatchingMeter(double amperes) {
    this(amperes, () -> 0);
  }

  /**
   * @param moment read when it starts and when it stops
   */
  WatchingMeter(double amperes, IntSupplier moment) {
    this.amperes = amperes;
    this.moment = moment;
  }

  int startedAt() {
    return startedAt;
  }

  int stoppedAt() {
    return stoppedAt;
  }

  boolean closed() {
    return closed;
  }

  @Override
  public String name() {
    return "a meter";
  }

  @Override
  public void start() {
    recording = true;
    startedAt = moment.getAsInt();
  }

  @Override
  public PowerTrace stop() throws EnergyException {
    if (!recording) {
      throw new IllegalStateException("stopped without a start");
    }
    stoppedAt = moment.getAsInt();
    double[] samples = new double[3 * HIGH];
    Arrays.fill(samples, amperes);
    BitSet trigger = new BitSet();
    trigger.set(HIGH, 2 * HIGH);
    return new PowerTrace(name(), RATE_HZ, 3, samples, trigger);
  }

  @Override
  public void close() {
    closed = true;
  }
}
