package org.hilbench.flash;

import java.util.List;
import java.util.Locale;

/** Segments as Intel HEX (Intel Hexadecimal Object File Format, rev. A, 1988). */
final class IntelHex {
  private static final int LINE = 16;
  private static final int DATA = 0;
  private static final int END = 1;
  private static final int UPPER_ADDRESS = 4;

  private IntelHex() {}

  static String of(List<Segment> segments) {
    StringBuilder hex = new StringBuilder();
    long upper = 0;
    for (Segment segment : segments) {
      for (int at = 0; at < segment.bytes().length; ) {
        long address = segment.address() + at;
        if (address >>> 16 != upper) {
          upper = address >>> 16;
          record(hex, UPPER_ADDRESS, 0, new byte[] {(byte) (upper >> 8), (byte) upper}, 0, 2);
        }
        int untilBoundary = (int) (0x10000 - (address & 0xffff));
        int count = Math.min(Math.min(LINE, untilBoundary), segment.bytes().length - at);
        record(hex, DATA, (int) (address & 0xffff), segment.bytes(), at, count);
        at += count;
      }
    }
    record(hex, END, 0, new byte[0], 0, 0);
    return hex.toString();
  }

  private static void record(
      StringBuilder hex, int type, int address, byte[] bytes, int from, int count) {
    int sum = count + (address >> 8) + (address & 0xff) + type;
    hex.append(String.format(Locale.ROOT, ":%02X%04X%02X", count, address, type));
    for (int i = from; i < from + count; i++) {
      int value = bytes[i] & 0xff;
      hex.append(Character.forDigit(value >> 4, 16)).append(Character.forDigit(value & 15, 16));
      sum += value;
    }
    hex.append(String.format(Locale.ROOT, "%02X\n", -sum & 0xff));
  }
}
