package org.hilbench.quantity;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A property of a trial that can be an objective or a constraint; its base unit is fixed. */
public enum Metric {
  ACCURACY("accuracy", Unit.FRACTION, false),
  LATENCY("latency", Unit.SECONDS, true),
  PEAK_SRAM("peakSram", Unit.BYTES, true),
  FLASH("flash", Unit.BYTES, true),
  ENERGY("energy", Unit.JOULES, true),
  MACS("macs", Unit.COUNT, true),
  PARAMS("params", Unit.COUNT, true);

  private final String word;
  private final Unit unit;
  private final boolean lowerIsBetter;

  Metric(String word, Unit unit, boolean lowerIsBetter) {
    this.word = word;
    this.unit = unit;
    this.lowerIsBetter = lowerIsBetter;
  }

  /** The word used on the command line and in JSON. */
  public String word() {
    return word;
  }

  public Unit unit() {
    return unit;
  }

  public boolean lowerIsBetter() {
    return lowerIsBetter;
  }

  /** The metric of this word, or {@link IllegalArgumentException} naming those that exist. */
  public static Metric of(String word) {
    return Arrays.stream(values())
        .filter(metric -> metric.word.equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "quantity '" + word + "' is unknown; known: " + words()));
  }

  private static String words() {
    return Arrays.stream(values()).map(Metric::word).collect(Collectors.joining(", "));
  }
}
