package org.hilbench.device;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.hilbench.protocol.FrameDecoder;
import org.hilbench.protocol.Link;
import org.hilbench.protocol.MessageType;

/** The fake firmware at the far end of a real line, which may spoil its answers. */
final class FirmwareBehindALine implements AutoCloseable {
  private static final Duration WRITE = Duration.ofSeconds(5);

  private final Random random;
  private final int spoiltOfTwenty;
  private final AtomicInteger spoilt = new AtomicInteger();
  private final FrameDecoder sent = new FrameDecoder();
  private final Thread thread;
  private volatile Link line;
  private volatile Runnable whenItWorks = () -> {};
  private volatile boolean closed;

  /** Two in ten of its answers are corrupted, dropped, late or sent twice. */
  FirmwareBehindALine(Link line, Random random) {
    this(line, random, 4);
  }

  private FirmwareBehindALine(Link line, Random random, int spoiltOfTwenty) {
    this.line = line;
    this.random = new Random(random.nextLong());
    this.spoiltOfTwenty = spoiltOfTwenty;
    thread = new Thread(this::serve, "firmware");
    thread.start();
  }

  /** Every answer goes out as it is. */
  static FirmwareBehindALine faithful(Link line) {
    return new FirmwareBehindALine(line, new Random(0), 0);
  }

  int spoilt() {
    return spoilt.get();
  }

  /** Happens once, when the next long request has begun and is not answered yet. */
  void whenItWorks(Runnable happens) {
    whenItWorks = happens;
  }

  /** It goes on at another line. */
  void moveTo(Link other) {
    line = other;
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

  private void answer(byte[] frame) {
    try {
      send(frame);
      if (isWorking(frame)) {
        Runnable happens = whenItWorks;
        whenItWorks = () -> {};
        happens.run();
      }
    } catch (IOException e) {
      closed = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isWorking(byte[] frame) {
    boolean working = false;
    for (byte next : frame) {
      working |= sent.accept(next).filter(it -> it.type() == MessageType.WORKING).isPresent();
    }
    return working;
  }

  private void send(byte[] frame) throws IOException, InterruptedException {
    int kind = random.nextInt(20);
    if (kind >= spoiltOfTwenty) {
      line.write(frame, WRITE);
      return;
    }
    spoilt.incrementAndGet();
    switch (kind % 4) {
      case 0 -> {} // dropped
      case 1 -> line.write(PtyStormTest.corrupted(random, frame), WRITE);
      case 2 -> {
        Thread.sleep(40);
        line.write(frame, WRITE);
      }
      default -> {
        line.write(frame, WRITE);
        line.write(frame, WRITE);
      }
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
