package org.hilbench.serial;

import java.util.Locale;

/**
 * What a port is known by, however its device file is called today.
 *
 * @param serial the probe's serial number; must not be empty, since equal boards differ in it alone
 * @param interfaceNumber which of the device's interfaces
 */
public record PortIdentity(int vendor, int productId, String serial, int interfaceNumber) {
  public PortIdentity {
    if (serial.isBlank()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "a port of %04x:%04x needs a serial number", vendor, productId));
    }
  }

  boolean matches(UsbDevice device) {
    return device.vendor() == vendor
        && device.productId() == productId
        && device.serial().equals(serial);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%04x:%04x serial %s", vendor, productId, serial);
  }
}
