package org.hilbench.board;

/** Pin names: {@code PA5} on STM32, {@code P0.13} on nRF. */
final class Pins {
  private Pins() {}

  static void check(String key, String pin) {
    if (!pin.matches("P[A-K](1[0-5]|[0-9])|P[01]\\.(3[01]|[0-2][0-9])")) {
      throw new IllegalArgumentException(
          key + " '" + pin + "' is not a pin; write PA5 (STM32) or P0.13 (nRF)");
    }
  }
}
