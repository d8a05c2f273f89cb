package org.hilbench.energy;

import java.util.HashMap;
import java.util.Map;
import org.hilbench.Printable;

/**
 * A PPK2's own calibration, as its metadata states it: resistors R, offsets O, gains GS, GI, UG and
 * corrections S, I for each of the five current ranges.
 */
final class Ppk2Calibration {
  static final int RANGES = 5;
  private static final double VOLTS_PER_STEP = 1.8 / 163_840;
  private static final int STEPS_PER_COUNT = 4;

  private final Map<String, Double> values;

  private Ppk2Calibration(Map<String, Double> values) {
    this.values = values;
  }

  /**
   * Parses the lines {@code KEY: value} of the metadata.
   *
   * @throws EnergyException if a value that a range needs is missing or no number
   */
  static Ppk2Calibration parse(String metadata) throws EnergyException {
    Map<String, Double> values = new HashMap<>();
    for (String line : metadata.split("\\R")) {
      String[] pair = line.split(": ", 2);
      if (pair.length == 2 && pair[0].matches("(R|O|GS|GI|UG|S|I)[0-4]")) {
        values.put(pair[0], number(line, pair[1]));
      }
    }
    for (int range = 0; range < RANGES; range++) {
      for (String key : new String[] {"R", "O", "GS", "GI", "UG", "S", "I"}) {
        if (!values.containsKey(key + range)) {
          throw new EnergyException("the PPK2's metadata has no " + key + range);
        }
      }
      if (values.getOrDefault("R" + range, 0.0) == 0) {
        throw new EnergyException("the PPK2's metadata has resistor R" + range + " = 0");
      }
    }
    return new Ppk2Calibration(values);
  }

  private static double number(String line, String text) throws EnergyException {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      throw new EnergyException(
          "the PPK2's metadata line '" + Printable.cut(line, 80) + "' is not a number");
    }
  }

  /** Amperes of a 14-bit reading in a range, at this supply. */
  double amperes(int range, int reading, double supplyVolts) {
    double raw =
        (reading * STEPS_PER_COUNT - value("O", range)) * VOLTS_PER_STEP / value("R", range);
    double gained = raw * (value("GS", range) * raw + value("GI", range));
    return value("UG", range) * (gained + value("S", range) * supplyVolts + value("I", range));
  }

  private double value(String key, int range) {
    return values.getOrDefault(key + range, 0.0);
  }
}
