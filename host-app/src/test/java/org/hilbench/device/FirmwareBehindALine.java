package org.hilbench.device;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.hilbench.protocol.Link;

/** The fake firmware at the far end of a real line; it spoils some of its answers. */
final class FirmwareBehindALine implements AutoCloseable {
  private final Link line;
  private final Random random;
  private final AtomicInteger spoilt = new AtomicInteger();
  private final Thread thread;
  private volatile boolean closed;

  FirmwareBehindALine(Link line, Random random) {
    this.line = line;
    this.random = new Random(random.nextLong());
    thread = new Thread(this::serve, "firmware");
    thread.start();
  }

  int spoilt() {
    return spoilt.get();
  }

  private void serve() {
    FakeFirmware firmware = new FakeFirmware(this::answer);
    byte[] buffer = new byte[4096];
    try {
      while (!closed) {
        int count = line.read(buffer, Duration.ofMillis(50));
        firmware.take(Arrays.copyOf(buffer, count));
      }
    } catch (IOException e) {
      closed = true;
    }
  }

  /** Two in ten are corrupted, dropped, late or sent twice. */
  private void answer(byte[] frame) {
    try {
      switch (random.nextInt(20)) {
        case 0 -> spoilt.incrementAndGet();
        case 1 -> {
          spoilt.incrementAndGet();
          line.write(PtyStormTest.corrupted(random, frame), Duration.ofSeconds(5));
        }
        case 2 -> {
          spoilt.incrementAndGet();
          Thread.sleep(40);
          line.write(frame, Duration.ofSeconds(5));
        }
        case 3 -> {
          spoilt.incrementAndGet();
          line.write(frame, Duration.ofSeconds(5));
          line.write(frame, Duration.ofSeconds(5));
        }
        default -> line.write(frame, Duration.ofSeconds(5));
      }
    } catch (IOException e) {
      closed = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join(2_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
