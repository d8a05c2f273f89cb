package org.hilbench.tflite;

import org.hilbench.BenchException;
import org.hilbench.Printable;
import org.jspecify.annotations.Nullable;

/** A table inside a {@link Flatbuffer}; its vtable is checked when it is opened. */
final class FlatTable {
  private static final int LONGEST_NAME = 200;

  private final Flatbuffer buffer;
  private final int position;
  private final String what;
  private final int vtable;
  private final int slots;
  private final int tableBytes;

  FlatTable(Flatbuffer buffer, int position, String what) throws BenchException {
    this.buffer = buffer;
    this.position = position;
    this.what = what;
    long table = (long) position - buffer.i32(position, what);
    buffer.check(table, 4, 2, what + "'s vtable");
    this.vtable = (int) table;
    int vtableBytes = buffer.u16(vtable, what);
    this.tableBytes = buffer.u16(vtable + 2, what);
    if (vtableBytes < 4 || vtableBytes % 2 != 0 || tableBytes < 4) {
      throw buffer.damaged(what + " has a vtable of " + vtableBytes + " bytes");
    }
    buffer.check(vtable, vtableBytes, 2, what + "'s vtable");
    buffer.check(position, tableBytes, 4, what);
    this.slots = (vtableBytes - 4) / 2;
    for (int slot = 0; slot < slots; slot++) {
      field(slot, 1);
    }
  }

  String what() {
    return what;
  }

  boolean has(int slot) throws BenchException {
    return field(slot, 1) != 0;
  }

  int i8(int slot, int otherwise) throws BenchException {
    int at = field(slot, 1);
    return at == 0 ? otherwise : (byte) buffer.u8(at, what);
  }

  int i32(int slot, int otherwise) throws BenchException {
    int at = field(slot, 4);
    return at == 0 ? otherwise : buffer.i32(at, what);
  }

  long i64(int slot, long otherwise) throws BenchException {
    int at = field(slot, 8);
    return at == 0 ? otherwise : buffer.i64(at, what);
  }

  @Nullable FlatTable table(int slot, String name) throws BenchException {
    int at = field(slot, 4);
    String full = what + "." + name;
    return at == 0 ? null : new FlatTable(buffer, buffer.follow(at, full), full);
  }

  FlatTable requiredTable(int slot, String name) throws BenchException {
    FlatTable table = table(slot, name);
    if (table == null) {
      throw missing(name);
    }
    return table;
  }

  /** The vector in this slot; an absent one is empty, as flatbuffers means it. */
  FlatVector vector(int slot, int elementBytes, String name) throws BenchException {
    int at = field(slot, 4);
    String full = what + "." + name;
    return at == 0
        ? new FlatVector(buffer, position, 0, full)
        : FlatVector.at(buffer, buffer.follow(at, full), elementBytes, full);
  }

  /** Text of whoever made the file, fit to be shown. */
  String text(int slot, String name) throws BenchException {
    return has(slot) ? Printable.cut(vector(slot, 1, name).text(), LONGEST_NAME) : "";
  }

  BenchException missing(String name) {
    return buffer.damaged(what + " has no " + name);
  }

  BenchException damaged(String detail) {
    return buffer.damaged(what + " " + detail);
  }

  /** Absolute position of a field, or 0 where the table leaves it at its default. */
  private int field(int slot, int width) throws BenchException {
    if (slot >= slots) {
      return 0;
    }
    int offset = buffer.u16(vtable + 4 + 2 * slot, what);
    if (offset == 0) {
      return 0;
    }
    if (offset < 4 || offset + width > tableBytes) {
      throw buffer.damaged(what + "'s field " + slot + " lies outside its table");
    }
    buffer.check((long) position + offset, width, width, what + "'s field " + slot);
    return position + offset;
  }
}
