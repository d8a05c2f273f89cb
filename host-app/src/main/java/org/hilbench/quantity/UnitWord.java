package org.hilbench.quantity;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A unit as people write it, and what it is worth in its base {@link Unit}. */
enum UnitWord {
  MICROSECONDS("us", Unit.SECONDS, "0.000001"),
  MILLISECONDS("ms", Unit.SECONDS, "0.001"),
  SECONDS("s", Unit.SECONDS, "1"),
  BYTES("B", Unit.BYTES, "1"),
  KILOBYTES("KB", Unit.BYTES, "1000"),
  KIBIBYTES("KiB", Unit.BYTES, "1024"),
  MEGABYTES("MB", Unit.BYTES, "1000000"),
  MEBIBYTES("MiB", Unit.BYTES, "1048576"),
  MICROJOULES("uJ", Unit.JOULES, "0.000001"),
  MILLIJOULES("mJ", Unit.JOULES, "0.001"),
  JOULES("J", Unit.JOULES, "1"),
  ONE("", Unit.COUNT, "1"),
  THOUSANDS("k", Unit.COUNT, "1000"),
  MILLIONS("M", Unit.COUNT, "1000000"),
  FRACTION("", Unit.FRACTION, "1"),
  PERCENT("%", Unit.FRACTION, "0.01");

  private final String word;
  private final Unit unit;
  private final BigDecimal factor;

  UnitWord(String word, Unit unit, String factor) {
    this.word = word;
    this.unit = unit;
    this.factor = new BigDecimal(factor);
  }

  /** The empty word stands for a bare number. */
  String word() {
    return word;
  }

  BigDecimal factor() {
    return factor;
  }

  static List<UnitWord> of(Unit unit) {
    return Arrays.stream(values()).filter(word -> word.unit == unit).toList();
  }

  static Optional<UnitWord> find(Unit unit, String word) {
    return of(unit).stream().filter(candidate -> candidate.word.equals(word)).findFirst();
  }
}
