package org.hilbench.device;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.hilbench.protocol.FrameDecoder;
import org.hilbench.protocol.Link;
import org.hilbench.protocol.MessageType;

/** The fake firmware at the far end of a real line. */
final class FirmwareBehindALine implements AutoCloseable {
  private static final Duration WRITE = Duration.ofMinutes(1);

  private final FrameDecoder sent = new FrameDecoder();
  private final Thread thread;
  private volatile Link line;
  private volatile Runnable whenItWorks = () -> {};
  private volatile boolean closed;

  FirmwareBehindALine(Link line) {
    this.line = line;
    thread = new Thread(this::serve, "firmware");
    thread.start();
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
      line.write(frame, WRITE);
      if (isWorking(frame)) {
        Runnable happens = whenItWorks;
        whenItWorks = () -> {};
        happens.run();
      }
    } catch (IOException e) {
      closed = true;
    }
  }

  private boolean isWorking(byte[] frame) {
    boolean working = false;
    for (byte next : frame) {
      working |= sent.accept(next).filter(it -> it.type() == MessageType.WORKING).isPresent();
    }
    return working;
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
