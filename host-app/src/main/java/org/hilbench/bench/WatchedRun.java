package org.hilbench.bench;

import org.hilbench.BenchException;
import org.hilbench.device.Device;
import org.hilbench.device.RunOrder;
import org.hilbench.energy.EnergyMeter;
import org.hilbench.energy.PowerTrace;

/** Runs under the eyes of a meter, which records before, during and after them. */
public final class WatchedRun {
  private WatchedRun() {}

  /**
   * @param order timed runs alone: what the meter takes for idle must hold no other inference
   * @throws BenchException what the device said, rather than what the meter missed because of it
   */
  public static PowerTrace of(Device device, RunOrder order, EnergyMeter meter)
      throws BenchException {
    meter.start();
    try {
      device.run(order);
    } catch (BenchException | RuntimeException failed) {
      stopAfter(failed, meter);
      throw failed;
    }
    return meter.stop();
  }

  private static void stopAfter(Exception failed, EnergyMeter meter) {
    try {
      meter.stop();
    } catch (BenchException e) {
      failed.addSuppressed(e);
    }
  }
}
