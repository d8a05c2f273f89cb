package org.hilbench.device;

import java.time.Duration;

/**
 * How long to wait.
 *
 * @param greeting for the first answer of a device that may be booting
 * @param request for the answer to anything but a run
 * @param repeat until the same request is sent again
 */
public record Patience(Duration greeting, Duration request, Duration repeat) {
  /**
   * For a simulator: a busy machine may leave it without a processor for long, and what a
   * measurement gives must not depend on that.
   */
  public static Patience simulated() {
    return new Patience(Duration.ofMinutes(2), Duration.ofMinutes(2), Duration.ofSeconds(5));
  }

  /** For a device on a cable. */
  public static Patience usual() {
    return new Patience(Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofMillis(300));
  }
}
