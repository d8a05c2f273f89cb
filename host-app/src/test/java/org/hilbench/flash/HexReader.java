package org.hilbench.flash;

import java.util.HexFormat;
import java.util.List;

/** An independent reader of Intel HEX that checks every line's sum. */
final class HexReader {
  private HexReader() {}

  static byte[] read(List<String> lines, long start, int size) {
    byte[] memory = new byte[size];
    long upper = 0;
    for (String line : lines) {
      byte[] record = HexFormat.of().parseHex(line.substring(1));
      int sum = 0;
      for (byte value : record) {
        sum += value;
      }
      if ((sum & 0xff) != 0 || record[0] != record.length - 5) {
        throw new AssertionError("bad line " + line);
      }
      int address = (record[1] & 0xff) << 8 | (record[2] & 0xff);
      if (record[3] == 4) {
        upper = (long) ((record[4] & 0xff) << 8 | (record[5] & 0xff)) << 16;
      } else if (record[3] == 0) {
        System.arraycopy(record, 4, memory, (int) (upper + address - start), record[0]);
      }
    }
    return memory;
  }
}
