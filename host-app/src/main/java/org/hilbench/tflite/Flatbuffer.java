package org.hilbench.tflite;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.hilbench.BenchException;
import org.hilbench.Stage;

/**
 * Bytes of a flatbuffer in which every access is checked: bounds, alignment, and the sum of what
 * has been read, so that no file, however damaged, makes a reader fail in another way than by
 * {@link BenchException}.
 *
 * <p>Follows the FlatBuffers internals document and the checks of its C++ Verifier.
 */
final class Flatbuffer {
  private final ByteBuffer bytes;
  private long budget;

  Flatbuffer(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    this.budget = 16L * bytes.length + 4096;
  }

  int size() {
    return bytes.capacity();
  }

  FlatTable root() throws BenchException {
    return new FlatTable(this, follow(0, "the root"), "the root");
  }

  /** Position that the offset stored at {@code at} points to. */
  int follow(int at, String what) throws BenchException {
    long offset = Integer.toUnsignedLong(i32(at, what));
    if (offset == 0 || at + offset >= size()) {
      throw damaged(what + " points " + offset + " bytes on from byte " + at);
    }
    return (int) (at + offset);
  }

  int u8(int at, String what) throws BenchException {
    check(at, 1, 1, what);
    return Byte.toUnsignedInt(bytes.get(at));
  }

  int u16(int at, String what) throws BenchException {
    check(at, 2, 2, what);
    return Short.toUnsignedInt(bytes.getShort(at));
  }

  int i32(int at, String what) throws BenchException {
    check(at, 4, 4, what);
    return bytes.getInt(at);
  }

  long i64(int at, String what) throws BenchException {
    check(at, 8, 4, what);
    return bytes.getLong(at);
  }

  float f32(int at, String what) throws BenchException {
    return Float.intBitsToFloat(i32(at, what));
  }

  byte[] copy(int at, int length) {
    byte[] copy = new byte[length];
    bytes.get(at, copy);
    return copy;
  }

  void check(long at, long length, int alignment, String what) throws BenchException {
    if (at < 0 || length < 0 || at + length > size()) {
      throw damaged(what + " wants " + length + " bytes at byte " + at);
    }
    if (at % alignment != 0) {
      throw damaged(what + " at byte " + at + " is not aligned to " + alignment);
    }
  }

  /** Counts elements read; a file whose parts overlap wildly runs out instead of blowing up. */
  void spend(long elements, String what) throws BenchException {
    budget -= elements;
    if (budget < 0) {
      throw damaged(what + " and what came before hold more than the file can");
    }
  }

  BenchException damaged(String detail) {
    return BenchException.usage(
        Stage.BUILD,
        "the .tflite file ("
            + size()
            + " bytes) is damaged or cut short: "
            + detail
            + "; export or fetch it again");
  }
}
