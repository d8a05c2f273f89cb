package org.hilbench.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.hilbench.protocol.Link;

/**
 * A line that takes the time of a UART's: ten bits a byte, both ways. A simulator's serial port has
 * no rate.
 */
public final class RatedLink implements Link {
  /** So short that the device works on one piece while the next is on its way. */
  private static final int PIECE = 64;

  private final Link line;
  private final double nanosAByte;
  private long free = System.nanoTime();

  public RatedLink(Link line, int baud) {
    this.line = line;
    this.nanosAByte = 10e9 / baud;
  }

  @Override
  public void write(byte[] bytes, Duration limit) throws IOException {
    for (int at = 0; at < bytes.length; at += PIECE) {
      byte[] piece = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + PIECE));
      pass(piece.length);
      line.write(piece, limit);
    }
  }

  @Override
  public int read(byte[] into, Duration wait) throws IOException {
    int count = line.read(into, wait);
    pass(Math.max(0, count));
    return count;
  }

  /** Waits until the line has carried so many more bytes. */
  private void pass(int bytes) {
    free = Math.max(free, System.nanoTime()) + Math.round(bytes * nanosAByte);
    while (System.nanoTime() < free && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(free - System.nanoTime());
    }
  }

  @Override
  public void close() {
    line.close();
  }
}
