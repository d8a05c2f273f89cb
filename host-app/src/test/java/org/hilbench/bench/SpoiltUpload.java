package org.hilbench.bench;

import java.io.IOException;
import java.time.Duration;
import org.hilbench.protocol.Link;

/** A line that flips a bit in every so many long frames, and swallows the one after it. */
final class SpoiltUpload implements Link {
  private static final int LONG = 500;

  private final Link line;
  private final int every;
  private int frames;

  SpoiltUpload(Link line, int every) {
    this.line = line;
    this.every = every;
  }

  @Override
  public void write(byte[] bytes, Duration limit) throws IOException {
    int turn = bytes.length > LONG ? frames++ % every : 0;
    if (turn == every - 1) {
      return;
    }
    byte[] sent = bytes.clone();
    if (turn == every - 2) {
      sent[sent.length / 2] ^= 4;
    }
    line.write(sent, limit);
  }

  @Override
  public int read(byte[] into, Duration wait) throws IOException {
    return line.read(into, wait);
  }

  @Override
  public void close() {
    line.close();
  }
}
