package org.hilbench.exec;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps the last {@code capacity} bytes written to it. Thread-safe. */
final class TailBuffer extends OutputStream {
  private final byte[] ring;
  private long written;

  TailBuffer(int capacity) {
    ring = new byte[capacity];
  }

  @Override
  public synchronized void write(int value) {
    ring[(int) (written++ % ring.length)] = (byte) value;
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    for (int i = 0; i < length; i++) {
      write(bytes[offset + i]);
    }
  }

  synchronized String text() {
    int kept = (int) Math.min(written, ring.length);
    byte[] tail = new byte[kept];
    for (int i = 0; i < kept; i++) {
      tail[i] = ring[(int) ((written - kept + i) % ring.length)];
    }
    return new String(tail, StandardCharsets.UTF_8);
  }
}
