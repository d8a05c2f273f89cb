package org.hilbench.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.hilbench.protocol.Fields;
import org.hilbench.protocol.FrameDecoder;
import org.hilbench.protocol.Link;
import org.hilbench.protocol.MessageType;
import org.hilbench.protocol.Packet;

/** A line on which somebody resets the device between two frames. */
final class ResettingUpload implements Link {
  private final Link line;
  private int framesBefore;

  ResettingUpload(Link line, int framesBefore) {
    this.line = line;
    this.framesBefore = framesBefore;
  }

  @Override
  public void write(byte[] bytes, Duration limit) throws IOException {
    line.write(bytes, limit);
    if (--framesBefore == 0) {
      Packet last = packet(bytes);
      int code = MessageType.RESET.code();
      Packet reset = new Packet(code, last.sequence() ^ 0x8000, last.nonce(), Fields.NONE);
      line.write(reset.toFrame(), limit);
    }
  }

  private static Packet packet(byte[] frame) {
    FrameDecoder decoder = new FrameDecoder();
    Optional<Packet> packet = Optional.empty();
    for (byte next : frame) {
      packet = decoder.accept(next);
    }
    return packet.orElseThrow();
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
