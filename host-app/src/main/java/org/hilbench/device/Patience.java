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
  /** For a device on this machine or on a cable. */
  public static Patience usual() {
    return new Patience(Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofMillis(300));
  }
}
