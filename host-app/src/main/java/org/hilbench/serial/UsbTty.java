package org.hilbench.serial;

import java.nio.file.Path;

/**
 * A serial port that a USB device offers.
 *
 * @param device such as {@code /dev/ttyACM0}; it changes from one plugging to the next
 * @param interfaceNumber which of the device's interfaces; it stays
 */
public record UsbTty(Path device, int interfaceNumber) {}
