package org.hilbench.serial;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.hilbench.BenchException;
import org.hilbench.exec.Command;
import org.hilbench.exec.ExecRunner;
import org.hilbench.exec.RunningCommand;
import org.junit.jupiter.api.Assumptions;

/** Two ends of a pseudo-terminal line, by socat: a cable between a "board" and the host. */
public final class PtyPair implements AutoCloseable {
  private static final Duration LIFE = Duration.ofMinutes(20);

  private final RunningCommand socat;
  private final Path boardEnd;
  private final Path hostEnd;

  private PtyPair(RunningCommand socat, Path boardEnd, Path hostEnd) {
    this.socat = socat;
    this.boardEnd = boardEnd;
    this.hostEnd = hostEnd;
  }

  /** Aborts the test where socat is not installed. */
  public static PtyPair open(Path folder, String name) throws BenchException, IOException {
    ExecRunner runner = new ExecRunner();
    Assumptions.assumeTrue(runner.find("socat").isPresent(), "socat is not installed: no ptys");
    Path board = folder.resolve(name + ".board");
    Path host = folder.resolve(name + ".host");
    RunningCommand socat =
        started(runner, "pty,raw,echo=0,link=" + board, "pty,raw,echo=0,link=" + host);
    return new PtyPair(socat, board, host);
  }

  /** An end that sends back whatever comes, with a prefix that says who it is. */
  public static PtyPair echo(Path folder, String name) throws BenchException, IOException {
    ExecRunner runner = new ExecRunner();
    Assumptions.assumeTrue(runner.find("socat").isPresent(), "socat is not installed: no ptys");
    Path host = folder.resolve(name + ".host");
    RunningCommand socat =
        started(
            runner,
            "pty,raw,echo=0,link=" + host,
            "SYSTEM:while read line; do echo " + name + " $line; done");
    return new PtyPair(socat, host, host);
  }

  /**
   * Waits until socat carries bytes. Its links are there earlier, but it sets the terminals' modes
   * after these, over those of whoever has opened them by then.
   */
  private static RunningCommand started(ExecRunner runner, String one, String other)
      throws BenchException, IOException {
    RunningCommand socat =
        runner.start(Command.of("socat", "-d", "-d", one, other).withTimeout(LIFE));
    for (int i = 0; i < 3000 && !socat.stderrTail().contains("starting data transfer loop"); i++) {
      if (!socat.alive()) {
        throw new IOException("socat ended: " + socat.stderrTail());
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return socat;
  }

  public Path boardEnd() {
    return boardEnd;
  }

  public Path hostEnd() {
    return hostEnd;
  }

  /** Pulls the cable. */
  public void hangUp() {
    socat.close();
  }

  @Override
  public void close() {
    hangUp();
  }
}
