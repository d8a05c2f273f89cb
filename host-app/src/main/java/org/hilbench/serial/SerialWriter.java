package org.hilbench.serial;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToIntFunction;

/**
 * Writes with a limit where the system's write has none: a board that takes nothing holds a thread
 * of this, not the one that talks, until the port is closed. What was given up while it was written
 * may still arrive.
 */
final class SerialWriter implements AutoCloseable {
  /** What a line is given at least: one that takes the bytes at once needs a moment to say so. */
  private static final Duration LEAST = Duration.ofMillis(100);

  /** What an interrupted thread waits at most: enough to tell a board to stop. */
  private static final Duration WHEN_INTERRUPTED = Duration.ofMillis(100);

  private final ToIntFunction<byte[]> port;
  private final ExecutorService thread;

  /** The port is closed or gone. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /**
   * @param port writes all of these bytes, however long it takes; the count, negative where the
   *     port is gone
   */
  SerialWriter(ToIntFunction<byte[]> port, String name) {
    this.port = port;
    this.thread =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread made = new Thread(work, name);
              made.setDaemon(true);
              return made;
            });
  }

  /**
   * Writes all of these.
   *
   * @throws Refused if the port is closed or gone
   * @throws IOException if not all is taken within the limit, or a tenth of a second
   */
  void write(byte[] bytes, Duration limit) throws Refused, IOException {
    byte[] own = bytes.clone(); // the caller may go on with his before this is written
    Future<Integer> written;
    try {
      written = thread.submit(() -> port.applyAsInt(own));
    } catch (RejectedExecutionException e) {
      throw new Refused();
    }
    try {
      int count = await(written, limit);
      if (count < 0) {
        throw new Refused();
      }
      if (count < bytes.length) {
        throw new IOException("the line took " + count + " of " + bytes.length + " bytes");
      }
    } catch (CancellationException e) {
      throw new Refused(); // closed before its turn came
    } catch (TimeoutException e) {
      written.cancel(false);
      throw new IOException(
          "the other end did not take " + bytes.length + " bytes in " + limit.toMillis() + " ms",
          e);
    }
  }

  private static int await(Future<Integer> written, Duration limit)
      throws IOException, TimeoutException {
    long deadline = System.nanoTime() + Math.max(limit.toNanos(), LEAST.toNanos());
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return written.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
          deadline = Math.min(deadline, System.nanoTime() + WHEN_INTERRUPTED.toNanos());
        } catch (ExecutionException e) {
          throw new IOException(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    for (Runnable waiting : thread.shutdownNow()) {
      if (waiting instanceof Future<?> write) {
        write.cancel(false);
      }
    }
  }
}
