package org.hilbench.tflite;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.hilbench.BenchException;

/** A vector inside a {@link Flatbuffer}, its whole extent already checked. */
record FlatVector(Flatbuffer buffer, int start, int length, String what) {

  static FlatVector at(Flatbuffer buffer, int position, int elementBytes, String what)
      throws BenchException {
    long length = Integer.toUnsignedLong(buffer.i32(position, what));
    buffer.check(position + 4L, length * elementBytes, Math.min(elementBytes, 4), what);
    return new FlatVector(buffer, position + 4, (int) length, what);
  }

  List<FlatTable> tables() throws BenchException {
    buffer.spend(length, what);
    List<FlatTable> tables = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      String name = what + "[" + i + "]";
      tables.add(new FlatTable(buffer, buffer.follow(start + 4 * i, name), name));
    }
    return tables;
  }

  List<Integer> ints() throws BenchException {
    buffer.spend(length, what);
    List<Integer> values = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      values.add(buffer.i32(start + 4 * i, what));
    }
    return List.copyOf(values);
  }

  List<Long> longs() throws BenchException {
    buffer.spend(length, what);
    List<Long> values = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      values.add(buffer.i64(start + 8 * i, what));
    }
    return List.copyOf(values);
  }

  List<Float> floats() throws BenchException {
    buffer.spend(length, what);
    List<Float> values = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      values.add(buffer.f32(start + 4 * i, what));
    }
    return List.copyOf(values);
  }

  /** The vector of bytes as text; a string also wants its zero byte behind. */
  String text() throws BenchException {
    buffer.spend(length, what);
    buffer.check(start, length + 1L, 1, what);
    if (buffer.u8(start + length, what) != 0) {
      throw buffer.damaged(what + " at byte " + start + " is not ended by a zero byte");
    }
    return new String(buffer.copy(start, length), StandardCharsets.UTF_8);
  }
}
