package org.hilbench.selftest;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import org.hilbench.BenchException;
import org.hilbench.device.Device;
import org.hilbench.device.RunOrder;
import org.hilbench.device.Statistics;
import org.hilbench.measure.MeasurementJob;

/**
 * The device's counter against this machine's clock: what many runs take more than one, by both.
 * The time that a request itself takes falls out.
 */
final class HostClock {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final double LONG_ENOUGH_SECONDS = 2;
  private static final double CLOSE = 0.03;
  private static final int MOST_ROUNDS = 200;

  private HostClock() {}

  static Finding compare(Device device, byte[] input) throws BenchException {
    if (device.instructionsPerTick().isPresent()) {
      return SelfTest.skipped("a simulator's time is not the host's");
    }
    if (device.clock().tickHz().isEmpty()) {
      return SelfTest.judged(
          false, "its counter's frequency is not known: " + device.clock().cause());
    }
    device.input(input);
    double host = 0;
    double counted = 0;
    long end = System.nanoTime() + LIMIT.toNanos();
    for (int round = 0; round < MOST_ROUNDS && counted < LONG_ENOUGH_SECONDS; round++) {
      if (System.nanoTime() - end > 0) {
        break; // a counter that hardly moves
      }
      Reading one = reading(device, 1);
      Reading many = reading(device, MeasurementJob.MOST_RUNS);
      host += many.hostSeconds - one.hostSeconds;
      counted += many.deviceSeconds - one.deviceSeconds;
    }
    double off = counted / host - 1;
    return SelfTest.judged(
        host > 0 && Math.abs(off) <= CLOSE,
        String.format(
            Locale.ROOT,
            "%.3f s by its counter, %.3f s by the host's clock: %+.2f %%",
            counted,
            host,
            100 * off));
  }

  private record Reading(double hostSeconds, double deviceSeconds) {}

  private static Reading reading(Device device, int runs) throws BenchException {
    long begin = System.nanoTime();
    device.run(RunOrder.timed(0, runs, false, LIMIT));
    double seconds = (System.nanoTime() - begin) / 1e9;
    Statistics statistics = device.statistics();
    OptionalLong hz = statistics.tickHz();
    double ticks = statistics.ticks().stream().mapToDouble(Long::doubleValue).sum();
    return new Reading(seconds, hz.isPresent() ? ticks / hz.getAsLong() : 0);
  }
}
