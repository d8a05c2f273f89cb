package org.hilbench.board;

/** Checks that several records of a profile share; the message is completed by the loader. */
final class Checks {
  private Checks() {}

  static void relativeError(double value) {
    if (!(value > 0 && value <= 2)) {
      throw new IllegalArgumentException(
          "relativeError " + value + " is not within 0..2; write 0.3 for 30 %");
    }
  }

  static void stated(String key, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(key + " is empty; say where the value comes from");
    }
  }

  static void word(String key, String value) {
    if (!value.matches("[a-z0-9][a-z0-9-]*")) {
      throw new IllegalArgumentException(
          key + " '" + value + "' is not a word of lower-case letters, digits and '-'");
    }
  }
}
