package org.hilbench.protocol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.hilbench.quantity.Range;

/** What a field's value can be at all, whichever device sends it. */
final class FieldRange {
  /** How the bytes of a value are read. */
  private enum Form {
    NUMBER,
    PACKED_NUMBERS,
    BYTES,
    FIELDS
  }

  private final Form form;
  private final Range range;

  private FieldRange(Form form, Range range) {
    this.form = form;
    this.range = range;
  }

  static FieldRange number(long least, long most) {
    return new FieldRange(Form.NUMBER, Range.of(least, most, ""));
  }

  /** A number that fills so many bytes. */
  static FieldRange unsigned(int bits) {
    return number(0, (1L << bits) - 1);
  }

  /** Numbers of 64 bits, one behind the other. */
  static FieldRange packed(long most) {
    return new FieldRange(Form.PACKED_NUMBERS, Range.of(0, most, ""));
  }

  static FieldRange bytes(int least, int most) {
    return new FieldRange(Form.BYTES, Range.of(least, most, "bytes long"));
  }

  static FieldRange text(int mostBytes) {
    return bytes(0, mostBytes);
  }

  static FieldRange fields() {
    return new FieldRange(Form.FIELDS, Range.of(0, 0, ""));
  }

  /**
   * Refuses what cannot be.
   *
   * @param outermost whether the value may hold fields itself
   * @throws ProtocolException naming the field, its value and what is possible
   */
  void check(Tag tag, byte[] value, boolean outermost) throws ProtocolException {
    switch (form) {
      case NUMBER -> refuse(range.objectionUnsigned(tag.name(), number(tag, value)));
      case BYTES -> refuse(range.objection(tag.name(), value.length));
      case FIELDS -> {
        if (!outermost) {
          throw new ProtocolException(tag + " within another is not possible");
        }
        Fields.parse(value).check(false);
      }
      case PACKED_NUMBERS -> {
        for (long each : packed(tag, value)) {
          refuse(range.objectionUnsigned(tag.name(), each));
        }
      }
    }
  }

  private static void refuse(Optional<String> objection) throws ProtocolException {
    if (objection.isPresent()) {
      throw new ProtocolException(objection.get());
    }
  }

  /** An unsigned integer of up to 64 bits. */
  static long number(Tag tag, byte[] value) throws ProtocolException {
    if (value.length != 1 && value.length != 2 && value.length != 4 && value.length != 8) {
      throw new ProtocolException(tag + " of " + value.length + " bytes is no integer");
    }
    long number = 0;
    for (int i = value.length - 1; i >= 0; i--) {
      number = number << 8 | Byte.toUnsignedLong(value[i]);
    }
    return number;
  }

  static long[] packed(Tag tag, byte[] value) throws ProtocolException {
    if (value.length % Long.BYTES != 0) {
      throw new ProtocolException(tag + " of " + value.length + " bytes is cut");
    }
    long[] numbers = new long[value.length / Long.BYTES];
    ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(numbers);
    return numbers;
  }
}
