package org.hilbench.lab;

import java.util.Optional;
import org.hilbench.board.UsbId;

/**
 * An entry of {@code lab.yaml}: this probe sits on a board of this profile, and hilbench may write
 * to it.
 *
 * @param board id of the profile
 * @param usb the probe's vendor and product number
 * @param probe its serial number
 * @param serialInterface USB interface of the serial port; absent: the probe's first
 */
public record Adoption(String board, UsbId usb, String probe, Optional<Integer> serialInterface) {
  public Adoption {
    if (board.isBlank()) {
      throw new IllegalArgumentException("board is empty; name a profile, see hilbench boards");
    }
    new Probe(usb, probe);
    serialInterface.ifPresent(
        number -> {
          if (number < 0 || number > 31) {
            throw new IllegalArgumentException(
                "serialInterface " + number + " is not within 0..31");
          }
        });
  }

  Probe asProbe() {
    return new Probe(usb, probe);
  }
}
