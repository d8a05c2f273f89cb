package org.hilbench.bench;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.hilbench.device.LyingBoard;
import org.hilbench.protocol.Fields;
import org.hilbench.protocol.MessageType;
import org.hilbench.protocol.Packet;
import org.hilbench.protocol.ProtocolException;
import org.hilbench.protocol.Tag;

/** Lies at random, now and then or all the time. */
final class RandomLies implements LyingBoard.Liar {
  private static final List<Tag> TAGS = List.of(Tag.values());

  private static final double[] HOW_OFTEN = {0.02, 0.1, 0.5, 1};
  private static final int KINDS = 13;
  private static final int PIECES = 200;

  private final SplittableRandom random;
  private final double often;
  private final int favourite;
  private Fields before = Fields.NONE;
  private boolean babbles;

  RandomLies(SplittableRandom random) {
    this.random = random;
    often = HOW_OFTEN[random.nextInt(HOW_OFTEN.length)];
    favourite = random.nextInt(2 * KINDS);
  }

  @Override
  public List<Packet> says(MessageType type, Packet truth) {
    boolean lies = random.nextDouble() < often;
    List<Packet> said = lies ? lie(truth) : List.of(truth);
    before = random.nextInt(4) == 0 ? truth.fields() : before;
    return said;
  }

  @Override
  public byte[] babble() {
    if (!babbles) {
      return new byte[0];
    }
    Packet stale = new Packet(random.nextInt(256), random.nextInt(0x10000), 1, before);
    return stale.toFrame();
  }

  private List<Packet> lie(Packet truth) {
    int kind = favourite < KINDS ? favourite : random.nextInt(KINDS);
    return switch (kind) {
      case 0, 1, 2 -> List.of(with(truth, changed(truth.fields())));
      case 3 -> List.of(with(truth, piecemeal(truth.fields())));
      case 4 -> List.of(with(truth, before));
      case 5 ->
          List.of(new Packet(truth.type(), truth.sequence(), random.nextInt(4), truth.fields()));
      case 6 -> List.of(new Packet(truth.type(), random.nextInt(0x10000), truth.nonce(), before));
      case 7 -> List.of(error(truth));
      case 8 -> Collections.nCopies(random.nextInt(PIECES), working(truth));
      case 9 -> List.of();
      case 10 -> {
        babbles = true;
        yield List.of();
      }
      case 11 -> Collections.nCopies(random.nextInt(PIECES), truth);
      default ->
          List.of(new Packet(random.nextInt(256), truth.sequence(), truth.nonce(), truth.fields()));
    };
  }

  private static Packet with(Packet truth, Fields fields) {
    return new Packet(truth.type(), truth.sequence(), truth.nonce(), fields);
  }

  private static Packet working(Packet truth) {
    return new Packet(MessageType.WORKING, truth.sequence(), truth.nonce(), Fields.NONE);
  }

  private Packet error(Packet truth) {
    Fields.Builder fields = Fields.builder().putU8(Tag.ERROR_CODE, random.nextInt(16));
    for (int i = random.nextInt(5); i > 0; i--) {
      fields.put(anyTag(), anyValue());
    }
    return new Packet(MessageType.ERROR, truth.sequence(), truth.nonce(), fields.build());
  }

  private Tag anyTag() {
    return TAGS.get(random.nextInt(TAGS.size()));
  }

  private byte[] anyValue() {
    int length =
        switch (random.nextInt(6)) {
          case 0 -> 0;
          case 1 -> 1;
          case 2 -> 4;
          case 3 -> 8;
          case 4 -> 32;
          default -> random.nextInt(random.nextInt(20) == 0 ? 20_000 : 300);
        };
    byte[] value = new byte[length];
    random.nextBytes(value);
    return random.nextInt(3) == 0 && length == 8 ? number() : value;
  }

  private byte[] number() {
    long value = 1L << random.nextInt(64);
    long near = value + random.nextInt(-1, 2);
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(near).array();
  }

  /** One or two fields are others, left out, or there twice. */
  private Fields changed(Fields truth) {
    List<byte[]> values = new ArrayList<>();
    List<Integer> codes = new ArrayList<>();
    split(truth, codes, values);
    for (int i = random.nextInt(2); i >= 0 && !codes.isEmpty(); i--) {
      int at = random.nextInt(codes.size());
      switch (random.nextInt(5)) {
        case 0 -> {
          codes.remove(at);
          values.remove(at);
        }
        case 1 -> {
          codes.add(at, anyTag().code());
          values.add(at, anyValue());
        }
        case 2 -> values.set(at, nested(codes.get(at), values.get(at)));
        case 3 -> values.set(at, number());
        default -> values.set(at, anyValue());
      }
    }
    return joined(codes, values);
  }

  private byte[] nested(int code, byte[] value) {
    try {
      return code == Tag.OP_RECORD.code() ? changed(Fields.parse(value)).toBytes() : anyValue();
    } catch (ProtocolException e) {
      return anyValue();
    }
  }

  /** As little as can be: lists and data of one element, numbers of 1. */
  private Fields piecemeal(Fields truth) {
    List<byte[]> values = new ArrayList<>();
    List<Integer> codes = new ArrayList<>();
    split(truth, codes, values);
    boolean seen = false;
    for (int at = 0; at < codes.size(); at++) {
      int code = codes.get(at);
      if (code == Tag.DATA.code()) {
        values.set(at, Arrays.copyOf(values.get(at), Math.min(1, values.get(at).length)));
      } else if (code == Tag.RUN_TICKS.code()) {
        values.set(at, Arrays.copyOf(values.get(at), Math.min(8, values.get(at).length)));
      } else if (code == Tag.OP_RECORD.code() && seen) {
        codes.remove(at);
        values.remove(at--);
      }
      seen |= code == Tag.OP_RECORD.code();
    }
    return joined(codes, values);
  }

  private static void split(Fields fields, List<Integer> codes, List<byte[]> values) {
    byte[] bytes = fields.toBytes();
    ByteBuffer little = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < bytes.length; ) {
      int end = at + 3 + Short.toUnsignedInt(little.getShort(at + 1));
      codes.add(Byte.toUnsignedInt(bytes[at]));
      values.add(Arrays.copyOfRange(bytes, at + 3, end));
      at = end;
    }
  }

  private static Fields joined(List<Integer> codes, List<byte[]> values) {
    Fields.Builder fields = Fields.builder();
    for (int i = 0; i < codes.size(); i++) {
      fields.put(codes.get(i), values.get(i));
    }
    return fields.build();
  }
}
