package org.hilbench.lab;

import org.hilbench.board.UsbId;

/** A debug probe that is plugged in; equal ones are told apart by their serial number. */
public record Probe(UsbId usb, String serial) {
  public Probe {
    if (!takes(serial)) {
      throw new IllegalArgumentException(
          "serial number '" + serial + "' has characters that no flash tool takes");
    }
  }

  /** Whether flash tools take such a serial number. */
  static boolean takes(String serial) {
    return serial.matches("[0-9A-Za-z._-]{1,64}");
  }

  @Override
  public String toString() {
    return serial + " (" + usb + ")";
  }
}
