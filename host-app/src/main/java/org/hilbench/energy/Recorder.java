package org.hilbench.energy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hilbench.protocol.Link;
import org.jspecify.annotations.Nullable;

/** Takes in what a meter sends while it records, in a thread of its own. */
final class Recorder {
  private static final Duration SLICE = Duration.ofMillis(50);

  /** Two to five minutes at 100 kHz. */
  private static final int MOST_BYTES = 64 << 20;

  private final String name;
  private final Link link;
  private final ByteArrayOutputStream recorded = new ByteArrayOutputStream();
  private final AtomicBoolean recording = new AtomicBoolean();
  private @Nullable Thread reader;
  private volatile @Nullable IOException failure;

  /**
   * @param name of the thread
   */
  Recorder(String name, Link link) {
    this.name = name;
    this.link = link;
  }

  /** What was recorded before is forgotten; the meter may be told to send now. */
  void begin() {
    if (!recording.compareAndSet(false, true)) {
      throw new IllegalStateException("already recording");
    }
    recorded.reset();
    failure = null;
  }

  /** From here on the link is read here alone, until {@link #end}. */
  void follow() {
    Thread thread = new Thread(this::record, name);
    thread.setDaemon(true);
    thread.start();
    reader = thread;
  }

  private void record() {
    byte[] buffer = new byte[16 * 1024];
    try {
      while (recording.get()) {
        int count = link.read(buffer, SLICE);
        if (count > 0) {
          keep(buffer, count);
        }
      }
    } catch (IOException e) {
      failure = e;
    }
  }

  private void keep(byte[] buffer, int count) throws IOException {
    if (recorded.size() + count > MOST_BYTES) {
      throw new IOException(
          "it sent more than "
              + (MOST_BYTES >> 20)
              + " MiB in one recording; run fewer inferences");
    }
    recorded.write(buffer, 0, count);
  }

  /** Ends the recording and waits for the thread. */
  void end() throws InterruptedException {
    recording.set(false);
    Thread thread = reader;
    if (thread != null) {
      thread.join();
    }
  }

  /** Ends it without waiting. */
  void abandon() {
    recording.set(false);
  }

  /** What came; throws what broke the link meanwhile. */
  byte[] bytes() throws IOException {
    IOException broken = failure;
    if (broken != null) {
      throw broken;
    }
    return recorded.toByteArray();
  }
}
