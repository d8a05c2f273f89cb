package org.hilbench.energy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.hilbench.Printable;

/**
 * The stream of an X-NUCLEO-LPM01A in its format {@code bin_hexa} (UM2269, "Data format 2"):
 * big-endian words of 4 bits exponent and 12 bits mantissa, m x 16^-e amperes, and messages: F0, a
 * tag, contents, FF FF. No exponent is 15, so no sample looks like one. Every 1000 samples F3 tells
 * the time in milliseconds (31 bits, above them a bit for its wrap) and how full the meter's buffer
 * is.
 */
final class Lpm01aDecoder {
  private static final int BLOCK = 0xf0f3;
  private static final int ERROR = 0xf0f1;
  private static final int INFORMATION = 0xf0f2;
  private static final int END = 0xf0f4;
  private static final int POWER_DOWN = 0xf0f6;
  private static final int VOLTAGE = 0xf0f7;
  private static final int TEMPERATURE = 0xf0f8;
  private static final int POWER = 0xf0f9;
  private static final int REST_OF_HEAD = 7;
  private static final int MESSAGE = 0xf0;
  private static final long TIME_BITS = 0x7fff_ffffL;

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
      if (word == BLOCK) {
        if (at + REST_OF_HEAD > bytes.length) {
          break; // the recording was stopped inside it
        }
        block(bytes, at);
        at += REST_OF_HEAD;
      } else if (word >> 8 == MESSAGE) {
        at = message(word, bytes, at);
      } else {
        keep((word & 0xfff) * Math.pow(16, -(word >> 12)));
      }
    }
    return Arrays.copyOf(amperes, count);
  }

  /** Where it ends; what is no mere information ends the recording. */
  private int message(int tag, byte[] bytes, int at) throws EnergyException {
    int end = at;
    while (end + 1 < bytes.length
        && !(bytes[end] == (byte) 0xff && bytes[end + 1] == (byte) 0xff)) {
      end++;
    }
    String words = new String(bytes, at, end - at, StandardCharsets.US_ASCII).strip();
    return switch (tag) {
      case INFORMATION, VOLTAGE, TEMPERATURE, POWER -> end + 2;
      case ERROR -> throw trouble("says: " + Printable.words(words));
      case POWER_DOWN -> throw trouble("switched the board off");
      case END -> throw trouble("ended the recording by itself: the board may draw too much");
      default -> throw trouble(String.format(Locale.ROOT, "reports trouble (0x%04x)", tag));
    };
  }

  private EnergyException trouble(String what) {
    return new EnergyException("the LPM01A " + what + ", after " + count + " samples");
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
    millis &= TIME_BITS;
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
              Locale.ROOT,
              "the LPM01A lost samples: %d came where its time says %.0f",
              count - countAtFirst,
              expected));
    }
  }

  private void keep(double value) {
    if (count == amperes.length) {
      amperes = Arrays.copyOf(amperes, 2 * count);
    }
    amperes[count++] = value;
  }
}
