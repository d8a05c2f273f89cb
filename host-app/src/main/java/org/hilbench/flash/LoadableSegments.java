package org.hilbench.flash;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The loadable segments of a 32-bit little-endian Arm executable (System V ABI, ELF for Arm). */
final class LoadableSegments {
  private static final int MAGIC = 0x464c457f;
  private static final int ARM = 40;
  private static final int LOAD = 1;
  private static final int HEADER = 52;
  private static final int PROGRAM_HEADER = 32;

  private LoadableSegments() {}

  /**
   * What goes to flash, by physical address, in ascending order.
   *
   * @throws IllegalArgumentException that says what is wrong with the file
   */
  static List<Segment> segments(byte[] file) {
    ByteBuffer elf = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    if (file.length < HEADER || elf.getInt(0) != MAGIC) {
      throw new IllegalArgumentException("is not an ELF file");
    }
    if (elf.get(4) != 1 || elf.get(5) != 1 || elf.getShort(18) != ARM) {
      throw new IllegalArgumentException("is not a 32-bit little-endian Arm executable");
    }
    long table = Integer.toUnsignedLong(elf.getInt(28));
    int count = Short.toUnsignedInt(elf.getShort(44));
    if (elf.getShort(42) != PROGRAM_HEADER || table + (long) count * PROGRAM_HEADER > file.length) {
      throw new IllegalArgumentException("is cut short: its program headers lie behind its end");
    }
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int header = (int) table + i * PROGRAM_HEADER;
      int size = elf.getInt(header + 16);
      if (elf.getInt(header) == LOAD && size != 0) {
        segments.add(segment(file, elf, header));
      }
    }
    segments.sort(Comparator.comparingLong(Segment::address));
    return segments;
  }

  private static Segment segment(byte[] file, ByteBuffer elf, int header) {
    long offset = Integer.toUnsignedLong(elf.getInt(header + 4));
    long address = Integer.toUnsignedLong(elf.getInt(header + 12));
    long size = Integer.toUnsignedLong(elf.getInt(header + 16));
    if (offset + size > file.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "is cut short: segment 0x%08x of %d bytes lies behind its end",
              address,
              size));
    }
    return new Segment(address, Arrays.copyOfRange(file, (int) offset, (int) (offset + size)));
  }
}
