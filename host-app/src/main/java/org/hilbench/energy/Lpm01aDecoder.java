package org.hilbench.energy;

import java.util.Arrays;

/**
 * The stream of an X-NUCLEO-LPM01A in its format {@code bin_hexa} (UM2269): big-endian words of 4
 * bits exponent and 12 bits mantissa, m x 16^-e amperes, in blocks. A block begins with F0 F3, its
 * time in milliseconds (4 bytes), a byte of state, FF FF; F0 F4 ends the stream. Any other word
 * that begins with F0 is the meter's word of trouble: no exponent is 15.
 */
final class Lpm01aDecoder {
  private static final int BLOCK = 0xf0f3;
  private static final int END = 0xf0f4;
  private static final int REST_OF_HEAD = 7;
  private static final int TROUBLE = 0xf0;

  private final double rateHz;
  private double[] amperes = new double[1 << 12];
  private int count;
  private long firstMillis = -1;
  private int countAtFirst;

  Lpm01aDecoder(double rateHz) {
    this.rateHz = rateHz;
  }

  /**
   * Amperes of the whole stream, from its first block on.
   *
   * @throws EnergyException if the meter reported trouble, or blocks are missing
   */
  double[] decode(byte[] bytes) throws EnergyException {
    int at = begin(bytes);
    while (at + 1 < bytes.length) {
      int word = Byte.toUnsignedInt(bytes[at]) << 8 | Byte.toUnsignedInt(bytes[at + 1]);
      at += 2;
      if (word == END) {
        break;
      } else if (word == BLOCK) {
        if (at + REST_OF_HEAD > bytes.length) {
          break; // the recording was stopped inside it
        }
        block(bytes, at);
        at += REST_OF_HEAD;
      } else if (word >> 8 == TROUBLE) {
        throw new EnergyException(
            String.format(
                "the LPM01A reports trouble (0x%04x) after %d samples: over 50 mA, or its buffer"
                    + " ran over",
                word, count));
      } else {
        keep((word & 0xfff) * Math.pow(16, -(word >> 12)));
      }
    }
    return Arrays.copyOf(amperes, count);
  }

  private static int begin(byte[] bytes) {
    for (int at = 0; at + 1 < bytes.length; at++) {
      if (bytes[at] == (byte) 0xf0 && bytes[at + 1] == (byte) 0xf3) {
        return at;
      }
    }
    return bytes.length;
  }

  /** Its time, in whole milliseconds, must agree with the count of samples. */
  private void block(byte[] bytes, int at) throws EnergyException {
    long millis = 0;
    for (int i = 0; i < 4; i++) {
      millis = millis << 8 | Byte.toUnsignedInt(bytes[at + i]);
    }
    if (bytes[at + 5] != (byte) 0xff || bytes[at + 6] != (byte) 0xff) {
      throw new EnergyException("the LPM01A's stream is out of step after " + count + " samples");
    }
    if (firstMillis < 0) {
      firstMillis = millis;
      countAtFirst = count;
      return;
    }
    double expected = (millis - firstMillis) * rateHz / 1000;
    double slack = 2 * rateHz / 1000 + 1e-3 * expected;
    if (Math.abs(count - countAtFirst - expected) > slack) {
      throw new EnergyException(
          String.format(
              "the LPM01A lost samples: %d came where its time says %.0f",
              count - countAtFirst, expected));
    }
  }

  private void keep(double value) {
    if (count == amperes.length) {
      amperes = Arrays.copyOf(amperes, 2 * count);
    }
    amperes[count++] = value;
  }
}
