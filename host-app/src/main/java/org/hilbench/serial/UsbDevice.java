package org.hilbench.serial;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A USB device as the kernel sees it.
 *
 * @param serial empty where the device has none
 * @param product what it calls itself
 * @param ttys its serial ports by interface number; empty where it has none
 */
public record UsbDevice(
    int vendor, int productId, String serial, String product, List<UsbTty> ttys) {
  public UsbDevice {
    ttys = ttys.stream().sorted(Comparator.comparingInt(UsbTty::interfaceNumber)).toList();
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%04x:%04x %s %s", vendor, productId, serial, product)
        .strip();
  }
}
