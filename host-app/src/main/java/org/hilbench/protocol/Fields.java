package org.hilbench.protocol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.hilbench.Printable;

/**
 * Tag-length-value fields in order. Reading by tag gives the first of that tag; tags that are not
 * known are passed over. Immutable.
 */
public final class Fields {
  static final int HEAD_BYTES = 3;
  private static final int LONGEST_VALUE = 0xffff;
  public static final Fields NONE = new Fields(new byte[0]);

  private final byte[] bytes;

  private Fields(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Reads fields.
   *
   * @throws ProtocolException if a field runs over the end
   */
  public static Fields parse(byte[] bytes) throws ProtocolException {
    int at = 0;
    while (at < bytes.length) {
      if (bytes.length - at < HEAD_BYTES || bytes.length - at - HEAD_BYTES < lengthAt(bytes, at)) {
        throw new ProtocolException("field at byte " + at + " of " + bytes.length + " is cut");
      }
      at += HEAD_BYTES + lengthAt(bytes, at);
    }
    return new Fields(bytes.clone());
  }

  public static Builder builder() {
    return new Builder();
  }

  public byte[] toBytes() {
    return bytes.clone();
  }

  int size() {
    return bytes.length;
  }

  /**
   * Looks at the value of every field whose tag is known.
   *
   * @throws ProtocolException naming the first that cannot be, and what can
   */
  public void check() throws ProtocolException {
    check(true);
  }

  /** Fields of fields hold none themselves. */
  void check(boolean outermost) throws ProtocolException {
    for (int at = 0; at < bytes.length; at += HEAD_BYTES + lengthAt(bytes, at)) {
      Optional<Tag> tag = Tag.of(Byte.toUnsignedInt(bytes[at]));
      if (tag.isPresent()) {
        int from = at + HEAD_BYTES;
        byte[] value = Arrays.copyOfRange(bytes, from, from + lengthAt(bytes, at));
        tag.get().range().check(tag.get(), value, outermost);
      }
    }
  }

  /** All values of this tag, in order. */
  public List<byte[]> all(Tag tag) {
    List<byte[]> values = new ArrayList<>();
    for (int at = 0; at < bytes.length; at += HEAD_BYTES + lengthAt(bytes, at)) {
      if (Byte.toUnsignedInt(bytes[at]) == tag.code()) {
        int from = at + HEAD_BYTES;
        values.add(Arrays.copyOfRange(bytes, from, from + lengthAt(bytes, at)));
      }
    }
    return values;
  }

  /** Texts fit to be shown; several lines of one are in one. */
  public List<String> texts(Tag tag) {
    return all(tag).stream()
        .map(value -> Printable.words(new String(value, StandardCharsets.UTF_8)))
        .toList();
  }

  /** Each value of this tag as fields of its own. */
  public List<Fields> nested(Tag tag) throws ProtocolException {
    List<Fields> fields = new ArrayList<>();
    for (byte[] value : all(tag)) {
      fields.add(parse(value));
    }
    return fields;
  }

  public Optional<byte[]> find(Tag tag) {
    return all(tag).stream().findFirst();
  }

  public Optional<String> findText(Tag tag) {
    return texts(tag).stream().findFirst();
  }

  /**
   * An unsigned integer of up to 63 bits; empty where the tag is absent.
   *
   * @throws ProtocolException if the value has no integer's length or is too large
   */
  public OptionalLong findNumber(Tag tag) throws ProtocolException {
    Optional<byte[]> found = find(tag);
    if (found.isEmpty()) {
      return OptionalLong.empty();
    }
    long number = FieldRange.number(tag, found.get());
    if (number < 0) {
      throw new ProtocolException(tag + " is above 2^63");
    }
    return OptionalLong.of(number);
  }

  /** Likewise, where the field must be there. */
  public long number(Tag tag) throws ProtocolException {
    return findNumber(tag).orElseThrow(() -> missing(tag));
  }

  /** A number that is an index or a size: up to 2^31 - 1. */
  public int smallNumber(Tag tag) throws ProtocolException {
    long number = number(tag);
    if (number > Integer.MAX_VALUE) {
      throw new ProtocolException(tag + " " + number + " is too large");
    }
    return (int) number;
  }

  public String text(Tag tag) throws ProtocolException {
    return findText(tag).orElseThrow(() -> missing(tag));
  }

  public byte[] data(Tag tag) throws ProtocolException {
    return find(tag).orElseThrow(() -> missing(tag));
  }

  /** Packed 64-bit numbers. */
  public long[] numbers(Tag tag) throws ProtocolException {
    return FieldRange.packed(tag, data(tag));
  }

  private static ProtocolException missing(Tag tag) {
    return new ProtocolException(tag + " is missing");
  }

  private static int lengthAt(byte[] bytes, int at) {
    return Byte.toUnsignedInt(bytes[at + 1]) | Byte.toUnsignedInt(bytes[at + 2]) << 8;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fields that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Tags and lengths, for logs. */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    for (int at = 0; at < bytes.length; at += HEAD_BYTES + lengthAt(bytes, at)) {
      parts.add(Tag.name(Byte.toUnsignedInt(bytes[at])) + "[" + lengthAt(bytes, at) + "]");
    }
    return String.join(" ", parts);
  }

  /** Puts fields one behind the other. */
  public static final class Builder {
    private byte[] bytes = new byte[64];
    private int length;

    private Builder() {}

    public Builder put(int tag, byte[] value) {
      if (tag < 0 || tag > 0xff || value.length > LONGEST_VALUE) {
        throw new IllegalArgumentException("tag " + tag + " with " + value.length + " bytes");
      }
      int end = length + HEAD_BYTES + value.length;
      if (end > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
      }
      bytes[length] = (byte) tag;
      bytes[length + 1] = (byte) value.length;
      bytes[length + 2] = (byte) (value.length >> 8);
      System.arraycopy(value, 0, bytes, length + HEAD_BYTES, value.length);
      length = end;
      return this;
    }

    public Builder put(Tag tag, byte[] value) {
      return put(tag.code(), value);
    }

    public Builder put(Tag tag, String text) {
      return put(tag, text.getBytes(StandardCharsets.UTF_8));
    }

    public Builder put(Tag tag, Fields nested) {
      return put(tag, nested.bytes);
    }

    public Builder putU8(Tag tag, int value) {
      return putNumber(tag, value, 1);
    }

    public Builder putU16(Tag tag, int value) {
      return putNumber(tag, value, 2);
    }

    public Builder putU32(Tag tag, long value) {
      return putNumber(tag, value, 4);
    }

    public Builder putU64(Tag tag, long value) {
      return putNumber(tag, value, 8);
    }

    /** Packed 64-bit numbers. */
    public Builder putNumbers(Tag tag, long[] numbers) {
      ByteBuffer packed =
          ByteBuffer.allocate(numbers.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      packed.asLongBuffer().put(numbers);
      return put(tag, packed.array());
    }

    private Builder putNumber(Tag tag, long value, int size) {
      if (size < Long.BYTES && value >>> (8 * size) != 0) {
        throw new IllegalArgumentException(tag + " " + value + " needs over " + size + " bytes");
      }
      byte[] little = new byte[size];
      for (int i = 0; i < size; i++) {
        little[i] = (byte) (value >> (8 * i));
      }
      return put(tag, little);
    }

    public Fields build() {
      return new Fields(Arrays.copyOf(bytes, length));
    }
  }
}
