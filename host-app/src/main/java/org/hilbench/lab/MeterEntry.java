package org.hilbench.lab;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An entry of {@code lab.yaml}: an energy meter and the board that it is wired to.
 *
 * @param port its serial port; {@code HOST} or {@code HOST:PORT} of an Otii server
 * @param probe serial number of the probe of the board behind it; absent: whichever board is
 *     measured
 * @param supplyMillivolts what it feeds the board with; absent: what the board's profile states
 */
public record MeterEntry(
    Kind kind, String port, Optional<String> probe, Optional<Integer> supplyMillivolts) {
  /** The meters that the bench can read. */
  public enum Kind {
    @JsonProperty("ppk2")
    PPK2("ppk2"),
    @JsonProperty("lpm01a")
    LPM01A("lpm01a"),
    @JsonProperty("ina")
    INA("ina"),
    @JsonProperty("otii")
    OTII("otii");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** As {@code lab.yaml} and {@code --meter} call it. */
    public String word() {
      return word;
    }
  }

  public MeterEntry {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(probe);
    Objects.requireNonNull(supplyMillivolts);
    if (port.isBlank()) {
      throw new IllegalArgumentException(
          "port is empty; name the meter's serial port, or its server's HOST:PORT");
    }
    supplyMillivolts.ifPresent(
        millivolts -> {
          if (millivolts < 500 || millivolts > 5_500) {
            throw new IllegalArgumentException(
                "supplyMillivolts " + millivolts + " is not within 500..5500");
          }
        });
  }

  /**
   * Reads {@code KIND:PORT}, such as {@code ppk2:/dev/ttyACM3}.
   *
   * @throws IllegalArgumentException naming the kinds
   */
  public static MeterEntry parse(String text) {
    int colon = text.indexOf(':');
    String word = colon < 0 ? text : text.substring(0, colon);
    Kind kind =
        Arrays.stream(Kind.values())
            .filter(known -> colon > 0 && known.word.equals(word))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "meter '" + text + "' is not KIND:PORT; known kinds: " + kinds()));
    return new MeterEntry(kind, text.substring(colon + 1), Optional.empty(), Optional.empty());
  }

  private static String kinds() {
    return Arrays.stream(Kind.values()).map(Kind::word).collect(Collectors.joining(", "));
  }
}
