package org.hilbench.protocol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * What one frame carries.
 *
 * @param type a {@link MessageType}'s code, or a reply's
 * @param sequence 16 bits, chosen by the host, copied into the reply
 * @param nonce 32 bits: the boot that it belongs to
 */
public record Packet(int type, int sequence, long nonce, Fields fields) {
  public static final int VERSION = 1;

  /** Every device takes packets of this size. */
  public static final int SMALLEST_LIMIT = 128;

  public static final int HEADER_BYTES = 8;
  public static final int CRC_BYTES = 4;

  public Packet {
    Objects.requireNonNull(fields);
    if (type < 0 || type > 0xff || sequence < 0 || sequence > 0xffff || nonce >>> 32 != 0) {
      throw new IllegalArgumentException(
          "type " + type + ", sequence " + sequence + ", nonce " + nonce + ": one is too large");
    }
  }

  /** Bytes of the packet, header and CRC counted. */
  public int size() {
    return HEADER_BYTES + fields.size() + CRC_BYTES;
  }

  /** The frame that carries it: 00 COBS 00. */
  public byte[] toFrame() {
    byte[] encoded = Cobs.encode(toBytes());
    byte[] frame = new byte[encoded.length + 2];
    System.arraycopy(encoded, 0, frame, 1, encoded.length);
    return frame;
  }

  private byte[] toBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(size()).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) VERSION).put((byte) type).putShort((short) sequence).putInt((int) nonce);
    bytes.put(fields.toBytes());
    bytes.putInt((int) crc(bytes.array(), bytes.position()));
    return bytes.array();
  }

  /** The packet of decoded bytes; empty where it is too short, corrupt or of another version. */
  static Optional<Packet> ofBytes(byte[] bytes) {
    int end = bytes.length - CRC_BYTES;
    if (end < HEADER_BYTES || bytes[0] != VERSION) {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (Integer.toUnsignedLong(buffer.getInt(end)) != crc(bytes, end)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Packet(
              Byte.toUnsignedInt(bytes[1]),
              Short.toUnsignedInt(buffer.getShort(2)),
              Integer.toUnsignedLong(buffer.getInt(4)),
              Fields.parse(Arrays.copyOfRange(bytes, HEADER_BYTES, end))));
    } catch (ProtocolException e) {
      return Optional.empty();
    }
  }

  private static long crc(byte[] bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    return crc.getValue();
  }
}
