package org.hilbench.device;

import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.protocol.Link;

/**
 * A board of Renode's, on which the board's own image runs and the core's cycle counter counts
 * instructions. Each open device is a Renode process of its own, gone when the device is closed or
 * this process ends.
 */
public final class RenodeMachine {
  private static final Duration START = Duration.ofMinutes(2);
  private static final String CYCLE_COUNTER = "dwt";

  private final Renode renode;
  private final RenodePlatform platform;
  private final String counter;
  private final Duration start;
  private final Patience patience;

  public RenodeMachine(Renode renode, RenodePlatform platform, Patience patience) {
    this(renode, platform, CYCLE_COUNTER, START, patience);
  }

  /**
   * @param counter the firmware's name of the counter that counts instructions there
   * @param start how long Renode may take until it listens
   */
  RenodeMachine(
      Renode renode, RenodePlatform platform, String counter, Duration start, Patience patience) {
    this.renode = renode;
    this.platform = platform;
    this.counter = counter;
    this.start = start;
    this.patience = patience;
  }

  /**
   * Starts the image and greets it.
   *
   * @throws BenchException if Renode does not start or ends at once, the firmware does not answer,
   *     or it has no cycle counter there: another counter's ticks are no instructions
   */
  public Device open(Path elf) throws BenchException {
    RenodeRun run = RenodeRun.start(renode, platform, elf);
    try {
      Link link = run.line(name(), start);
      try {
        return counting(
            ProtocolDevice.greet(
                link,
                name(),
                clock -> OptionalDouble.of(1),
                patience,
                new SplittableRandom(System.nanoTime())));
      } catch (BenchException | RuntimeException | Error e) {
        link.close();
        throw e;
      }
    } catch (BenchException | RuntimeException | Error e) {
      run.close();
      throw e;
    }
  }

  private Device counting(Device device) throws BenchException {
    String used = device.clock().tickSource();
    if (!used.equals(counter)) {
      throw new BenchException(
          Stage.RUN,
          BenchException.Kind.ENVIRONMENT,
          name()
              + " has no working "
              + counter
              + ": the firmware counts by "
              + used
              + ", whose ticks are no instructions there; measure with --on qemu");
    }
    return device;
  }

  private String name() {
    return "renode " + platform.platform();
  }
}
