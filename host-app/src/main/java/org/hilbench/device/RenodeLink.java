package org.hilbench.device;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hilbench.protocol.Link;

/** The line into a Renode process: ends with it, or with its core, and ends it when closed. */
final class RenodeLink implements Link {
  private static final Duration LAST_MOMENT = Duration.ofSeconds(2);

  private final Link line;
  private final RenodeRun run;
  private volatile boolean closed;

  RenodeLink(Link line, RenodeRun run) {
    this.line = line;
    this.run = run;
  }

  @Override
  public void write(byte[] bytes, Duration limit) throws IOException {
    try {
      line.write(bytes, limit);
    } catch (IOException e) {
      throw ended(e);
    }
  }

  /** A core that gave up leaves Renode running and silent: only the log tells. */
  @Override
  public int read(byte[] into, Duration wait) throws IOException {
    int count;
    try {
      count = line.read(into, wait);
    } catch (IOException e) {
      throw ended(e);
    }
    if (count < 0) {
      throw ended(new IOException("its end was closed"));
    }
    Optional<String> abort = count == 0 ? run.abort() : Optional.empty();
    if (abort.isPresent()) {
      throw new IOException("Renode's core stopped: " + abort.get());
    }
    return count;
  }

  private IOException ended(IOException cause) {
    if (closed) {
      return cause;
    }
    try {
      run.process().exit().get(LAST_MOMENT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      return new IOException(cause.getMessage() + "; Renode: " + run.lastWords(), cause);
    }
    return new IOException("Renode ended: " + run.lastWords(), cause);
  }

  @Override
  public void close() {
    closed = true;
    try {
      line.close();
    } finally {
      run.close();
    }
  }
}
