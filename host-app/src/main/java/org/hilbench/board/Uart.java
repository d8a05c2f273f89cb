package org.hilbench.board;

import java.util.List;
import java.util.Optional;

/**
 * The serial port that the bench talks over.
 *
 * @param peripheral its name in the manual
 * @param address of its first register
 * @param tx the part's transmit pin; absent where a simulator has none
 * @param rx the part's receive pin
 * @param bauds rates in the order they are tried; the firmware starts with the first
 */
public record Uart(
    String peripheral,
    long address,
    Optional<String> tx,
    Optional<String> rx,
    List<Integer> bauds) {
  public Uart {
    bauds = List.copyOf(bauds);
    if (bauds.isEmpty()) {
      throw new IllegalArgumentException("bauds is empty; name at least one rate");
    }
    for (int baud : bauds) {
      if (baud < 1_200 || baud > 12_000_000) {
        throw new IllegalArgumentException("bauds: " + baud + " is not within 1200..12000000");
      }
    }
    tx.ifPresent(pin -> Pins.check("tx", pin));
    rx.ifPresent(pin -> Pins.check("rx", pin));
  }
}
