package org.hilbench.device;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.hilbench.protocol.Link;

/** A line to a fake device in this process; what it carries can be spoilt in both directions. */
final class FakeLine implements Link {
  private final FakeFirmware firmware = new FakeFirmware(this::fromDevice);
  private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
  private UnaryOperator<byte[]> toDevice = UnaryOperator.identity();
  private UnaryOperator<byte[]> toHost = UnaryOperator.identity();
  private boolean closed;
  private boolean ended;

  FakeFirmware firmware() {
    return firmware;
  }

  /** Changes every piece that goes to the device, and every one that comes from it. */
  void spoil(UnaryOperator<byte[]> both) {
    toDevice = both;
    toHost = both;
  }

  /** The device's end is pulled off. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  private synchronized void fromDevice(byte[] bytes) {
    waiting.writeBytes(toHost.apply(bytes));
    notifyAll();
  }

  @Override
  public synchronized void write(byte[] bytes, Duration limit) throws IOException {
    checkOpen();
    if (!ended) {
      firmware.take(toDevice.apply(bytes));
    }
  }

  @Override
  public synchronized int read(byte[] into, Duration wait) throws IOException {
    long deadline = System.nanoTime() + wait.toNanos();
    while (waiting.size() == 0 && !ended) {
      checkOpen();
      long millis = (deadline - System.nanoTime() + 999_999) / 1_000_000;
      if (millis <= 0) {
        return 0;
      }
      try {
        wait(millis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return 0;
      }
    }
    if (waiting.size() == 0) {
      return -1;
    }
    byte[] all = waiting.toByteArray();
    int count = Math.min(all.length, into.length);
    System.arraycopy(all, 0, into, 0, count);
    waiting.reset();
    waiting.writeBytes(Arrays.copyOfRange(all, count, all.length));
    return count;
  }

  private void checkOpen() throws IOException {
    if (closed) {
      throw new IOException("closed");
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
