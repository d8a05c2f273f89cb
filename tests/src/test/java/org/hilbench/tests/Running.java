package org.hilbench.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** A program that runs: what it says, its end and that of all that it started can be waited for. */
final class Running implements AutoCloseable {
  /** So that a test that hangs ends; no test takes it for a measure. */
  private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(5);

  private final Process process;
  private final Path log;
  private final Set<ProcessHandle> started = new HashSet<>();

  /**
   * @param log what it prints on both streams
   */
  Running(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Waits until it has said this; fails where it ends before. */
  void awaitSaid(String pattern) {
    Pattern wanted = Pattern.compile(pattern);
    await(
        "'" + pattern + "' in: ",
        () -> {
          boolean ended = !process.isAlive();
          boolean said = wanted.matcher(said()).find();
          if (ended && !said) {
            throw new AssertionError("ended without '" + pattern + "': " + said());
          }
          return said;
        });
  }

  String said() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Sends a signal, such as TERM. */
  void signal(String name) throws IOException, InterruptedException {
    remember();
    int code =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    assertEquals(0, code, "it had ended before SIG" + name + ": " + said());
  }

  private void remember() {
    process.descendants().forEach(started::add);
  }

  /** Its exit code, once it has ended. */
  int ended() {
    await("end of: ", () -> !process.isAlive());
    return process.exitValue();
  }

  boolean runs() {
    return process.isAlive();
  }

  /** Waits until everything has ended that ran when the last signal was sent. */
  void awaitNothingLeft() {
    await("end of all of " + left() + " of: ", () -> left().isEmpty());
  }

  private List<Long> left() {
    return started.stream().map(ProcessHandle::pid).filter(Running::alive).toList();
  }

  /** A killed orphan stays a zombie where the container's first process does not reap. */
  private static boolean alive(long pid) {
    try {
      return !Files.readString(Path.of("/proc", Long.toString(pid), "stat")).contains(") Z ");
    } catch (IOException e) {
      return false;
    }
  }

  private void await(String what, BooleanSupplier happened) {
    long begin = System.nanoTime();
    while (!happened.getAsBoolean()) {
      if (System.nanoTime() - begin > LIMIT_NANOS) {
        throw new AssertionError("waited in vain for the " + what + said());
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }

  @Override
  public void close() {
    remember();
    started.forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
