package org.hilbench.protocol;

import java.util.Optional;

/**
 * Finds packets in the bytes of a line. Whatever is no good frame is counted and forgotten at the
 * next zero. Not thread-safe.
 */
public final class FrameDecoder {
  /** Longest frame taken: no device sends a longer packet than 65,535 bytes. */
  private static final int LONGEST = 0xffff + 0xffff / 254 + 1;

  private byte[] bytes = new byte[256];
  private int length;
  private boolean overlong;
  private long dropped;

  /** Takes one byte; the packet that it completed, if it did. */
  public Optional<Packet> accept(byte next) {
    if (next != 0) {
      keep(next);
      return Optional.empty();
    }
    Optional<Packet> packet = overlong ? Optional.empty() : packet();
    if (packet.isEmpty() && length > 0) {
      dropped++;
    }
    length = 0;
    overlong = false;
    return packet;
  }

  /** Frames that were not empty and not good. */
  public long dropped() {
    return dropped;
  }

  private Optional<Packet> packet() {
    return Cobs.decode(bytes, length).flatMap(Packet::ofBytes);
  }

  private void keep(byte next) {
    if (length == LONGEST) {
      overlong = true;
      return;
    }
    if (length == bytes.length) {
      bytes = java.util.Arrays.copyOf(bytes, Math.min(2 * length, LONGEST));
    }
    bytes[length++] = next;
  }
}
