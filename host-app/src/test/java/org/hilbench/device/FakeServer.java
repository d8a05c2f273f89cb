package org.hilbench.device;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.hilbench.protocol.ErrorCode;
import org.hilbench.protocol.Fields;
import org.hilbench.protocol.FrameDecoder;
import org.hilbench.protocol.MessageType;
import org.hilbench.protocol.Packet;
import org.hilbench.protocol.ProtocolException;
import org.hilbench.protocol.Tag;
import org.jspecify.annotations.Nullable;

/** The device's side of the conversation, as the firmware's own: nonce, repeats, refusals. */
final class FakeServer {
  private final FrameDecoder decoder = new FrameDecoder();
  private final Consumer<byte[]> line;
  private long bootCounter;
  private long nonce;
  private @Nullable Packet request;
  private byte @Nullable [] answer;

  FakeServer(Consumer<byte[]> line, long bootCounter) {
    this.line = line;
    this.bootCounter = bootCounter;
  }

  /** What the device does with requests that are for it to carry out. */
  interface Firmware {
    void carryOut(Packet request) throws ProtocolException;
  }

  void take(byte[] bytes, Firmware firmware) throws ProtocolException {
    for (byte next : bytes) {
      Packet packet = decoder.accept(next).orElse(null);
      if (packet != null && packet.type() != 0 && packet.type() < MessageType.REPLY) {
        received(packet, firmware);
      }
    }
  }

  private void received(Packet packet, Firmware firmware) throws ProtocolException {
    if (packet.equals(request) && answer != null) {
      line.accept(answer.clone());
      return;
    }
    request = packet;
    answer = null;
    if (packet.type() == MessageType.HELLO.code()) {
      if (packet.fields().findNumber(Tag.SALT).isEmpty()) {
        refuse(ErrorCode.BAD_FIELD, Fields.builder().putU8(Tag.TAG, Tag.SALT.code()));
        return;
      }
      nonce = nonce == 0 ? nonce(packet.fields().number(Tag.SALT), bootCounter) : nonce;
    } else if (nonce == 0 || packet.nonce() != nonce) {
      refuse(ErrorCode.WRONG_NONCE, Fields.builder());
      return;
    }
    firmware.carryOut(packet);
  }

  static MessageType typeOf(Packet request) {
    return Arrays.stream(MessageType.values())
        .filter(known -> known.code() == request.type())
        .findFirst()
        .orElseThrow();
  }

  static long nonce(long salt, long bootCounter) {
    ByteBuffer seed = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    seed.putInt((int) salt).putInt((int) bootCounter);
    CRC32 crc = new CRC32();
    crc.update(seed.array());
    return crc.getValue() == 0 ? 1 : crc.getValue();
  }

  long nonce() {
    return nonce;
  }

  void working() {
    line.accept(reply(MessageType.WORKING, Fields.NONE).toFrame());
  }

  void answer(Fields fields) {
    send(reply(current().type() | MessageType.REPLY, fields));
  }

  void refuse(ErrorCode code, Fields.Builder more) {
    Fields fields = Fields.builder().putU8(Tag.ERROR_CODE, code.code()).build();
    byte[] both = concat(fields.toBytes(), more.build().toBytes());
    try {
      send(reply(MessageType.ERROR, Fields.parse(both)));
    } catch (ProtocolException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] concat(byte[] head, byte[] tail) {
    byte[] both = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, both, head.length, tail.length);
    return both;
  }

  private void send(Packet packet) {
    answer = packet.toFrame();
    line.accept(answer.clone());
  }

  private Packet reply(int type, Fields fields) {
    return new Packet(type, current().sequence(), nonce, fields);
  }

  private Packet current() {
    if (request == null) {
      throw new IllegalStateException("no request");
    }
    return request;
  }

  void boot() {
    bootCounter++;
    nonce = 0;
    request = null;
    answer = null;
  }
}
