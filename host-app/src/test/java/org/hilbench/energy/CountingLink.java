package org.hilbench.energy;

import java.io.IOException;
import java.time.Duration;
import org.hilbench.protocol.Link;

/** A link that knows how many bytes passed it. */
final class CountingLink implements Link {
  private final Link link;
  private long written;
  private long read;

  CountingLink(Link link) {
    this.link = link;
  }

  synchronized long written() {
    return written;
  }

  /** Waits until so many bytes came, half a minute at most. */
  synchronized void awaitRead(long bytes) throws InterruptedException {
    for (int i = 0; i < 30 && read < bytes; i++) {
      wait(1_000);
    }
  }

  @Override
  public void write(byte[] bytes, Duration limit) throws IOException {
    link.write(bytes, limit);
    synchronized (this) {
      written += bytes.length;
    }
  }

  @Override
  public int read(byte[] into, Duration wait) throws IOException {
    int count = link.read(into, wait);
    synchronized (this) {
      read += Math.max(0, count);
      notifyAll();
    }
    return count;
  }

  @Override
  public void close() {
    link.close();
  }
}
