package org.hilbench.families;

import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/**
 * The registers of an INA226 or INA228 that convert shunt and bus without end, by their datasheets
 * (SBOS547, SBOS886), in simulated time.
 */
final class InaChipModel {
  static final double SHUNT_OHMS = 1;
  static final double VOLTS = 3.3;

  private final boolean twentyBits;
  private final double cycleSeconds;
  private final double shuntPart;
  private final DoubleUnaryOperator amperes;
  private boolean converting;
  private double begun;
  private long acknowledged;

  /**
   * @param twentyBits an INA228
   * @param cycleSeconds that one conversion of shunt and bus takes on this very chip
   * @param amperes by the time in seconds; each result is its mean over the shunt's conversion
   */
  InaChipModel(boolean twentyBits, double cycleSeconds, DoubleUnaryOperator amperes) {
    this.twentyBits = twentyBits;
    this.cycleSeconds = cycleSeconds;
    this.shuntPart = twentyBits ? 540.0 / 590 : 332.0 / 472;
    this.amperes = amperes;
  }

  String name() {
    return twentyBits ? "ina228" : "ina226";
  }

  double rateHz() {
    return 1 / cycleSeconds;
  }

  void write(int register, int value, double now) {
    int expected = twentyBits ? 0xb100 : 0x4017;
    if (register == (twentyBits ? 1 : 0)) {
      if (value != expected) {
        throw new AssertionError(String.format(Locale.ROOT, "configured with 0x%04x", value));
      }
      converting = true;
      begun = now;
    }
  }

  /** What it sends from this register on, high byte first. */
  byte[] read(int register, double now) {
    long complete = converting ? (long) ((now - begun) / cycleSeconds) : 0;
    if (register == (twentyBits ? 0x3f : 0xff)) {
      return bytes(twentyBits ? 0x2281 : 0x2260, 2);
    } else if (register == (twentyBits ? 0x0b : 0x06)) {
      boolean ready = complete > acknowledged;
      acknowledged = complete;
      return bytes(ready ? (twentyBits ? 2 : 8) : 0, 2);
    } else if (register == (twentyBits ? 4 : 1)) {
      return result(shunt(complete), twentyBits ? 312.5e-9 : 2.5e-6);
    } else if (register == (twentyBits ? 5 : 2)) {
      return result(VOLTS, twentyBits ? 195.3125e-6 : 1.25e-3);
    }
    return bytes(0, 2);
  }

  private double shunt(long complete) {
    int steps = 20;
    double sum = 0;
    for (int i = 0; i < steps; i++) {
      double at = complete - 1 + shuntPart * (i + 0.5) / steps;
      sum += amperes.applyAsDouble(begun + at * cycleSeconds);
    }
    return sum / steps * SHUNT_OHMS;
  }

  private byte[] result(double volts, double step) {
    int steps = (int) Math.round(volts / step);
    return twentyBits ? bytes(steps << 4, 3) : bytes(steps, 2);
  }

  private static byte[] bytes(int value, int count) {
    byte[] all = new byte[count];
    for (int i = 0; i < count; i++) {
      all[i] = (byte) (value >> (8 * (count - 1 - i)));
    }
    return all;
  }
}
