package org.hilbench.device;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hilbench.exec.RunningCommand;
import org.hilbench.protocol.Link;

/** The line into a QEMU process: ends with it, and ends it when closed. */
final class QemuLink implements Link {
  private static final int LONGEST_WORDS = 600;
  private static final Duration LAST_MOMENT = Duration.ofSeconds(2);

  private final Link line;
  private final RunningCommand process;
  private volatile boolean closed;

  QemuLink(Link line, RunningCommand process) {
    this.line = line;
    this.process = process;
  }

  @Override
  public void write(byte[] bytes, Duration limit) throws IOException {
    try {
      line.write(bytes, limit);
    } catch (IOException e) {
      throw ended(e);
    }
  }

  @Override
  public int read(byte[] into, Duration wait) throws IOException {
    try {
      int count = line.read(into, wait);
      if (count < 0) {
        throw new IOException("its end was closed");
      }
      return count;
    } catch (IOException e) {
      throw ended(e);
    }
  }

  /** The line broke: with QEMU's last words where it ended, as it does right after. */
  private IOException ended(IOException cause) {
    if (closed) {
      return cause;
    }
    try {
      process.exit().get(LAST_MOMENT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      return new IOException(cause.getMessage() + "; QEMU: " + lastWords(process), cause);
    }
    return new IOException("QEMU ended: " + lastWords(process), cause);
  }

  @Override
  public void close() {
    closed = true;
    try {
      line.close();
    } finally {
      process.close();
    }
  }

  /** What QEMU said last, and how it ended, on one line. */
  static String lastWords(RunningCommand process) {
    String said = process.stderrTail().strip().replaceAll("\\s*\\R\\s*", " | ");
    String start = said.length() > LONGEST_WORDS ? said.substring(0, LONGEST_WORDS) + "..." : said;
    String end = process.alive() ? "still running" : "exit code " + process.exit().getNow(-1);
    return (start.isEmpty() ? "it said nothing" : start) + " (" + end + ")";
  }
}
