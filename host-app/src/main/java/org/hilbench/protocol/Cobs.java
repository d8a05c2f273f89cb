package org.hilbench.protocol;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** Consistent overhead byte stuffing (Cheshire and Baker, 1999): bytes without a zero. */
final class Cobs {
  private static final int LONGEST_RUN = 254;

  private Cobs() {}

  /** The encoded bytes, without the zeros around a frame. */
  static byte[] encode(byte[] data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(data.length + data.length / 254 + 1);
    int at = 0;
    boolean open = true; // one more group is due: at the start, and after each zero
    while (open) {
      int run = runLength(data, at);
      out.write(run + 1);
      out.write(data, at, run);
      at += run;
      open = at < data.length;
      if (open && run < LONGEST_RUN) {
        at++; // the zero that the group stands for; a full group stands for none
      }
    }
    return out.toByteArray();
  }

  /** The decoded bytes; empty if these are none. The bytes must not hold a zero. */
  static Optional<byte[]> decode(byte[] encoded, int length) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(length);
    int at = 0;
    while (at < length) {
      int code = Byte.toUnsignedInt(encoded[at++]);
      if (code == 0 || code - 1 > length - at) {
        return Optional.empty();
      }
      out.write(encoded, at, code - 1);
      at += code - 1;
      if (code != LONGEST_RUN + 1 && at < length) {
        out.write(0);
      }
    }
    return length == 0 ? Optional.empty() : Optional.of(out.toByteArray());
  }

  private static int runLength(byte[] data, int from) {
    int run = 0;
    while (from + run < data.length && run < LONGEST_RUN && data[from + run] != 0) {
      run++;
    }
    return run;
  }
}
