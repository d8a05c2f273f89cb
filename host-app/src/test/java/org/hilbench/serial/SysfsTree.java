package org.hilbench.serial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A tree in the shape of a recorded /sys and /dev, with ST-LINK V2-1 probes plugged in and out. */
public final class SysfsTree {
  private final Path root;

  public SysfsTree(Path root) throws IOException {
    this.root = root;
    Files.createDirectories(sys().resolve("bus/usb/devices"));
    Files.createDirectories(dev());
  }

  Path sys() {
    return root.resolve("sys");
  }

  public Path dev() {
    return root.resolve("dev");
  }

  public UsbDevices devices() {
    return new UsbDevices(sys(), dev());
  }

  /** As 1-2 with its mass storage (interface 0), debug (1) and CDC (2, 3) interfaces. */
  public void plug(String busId, String serial, String tty, Path pty) throws IOException {
    Path device = sys().resolve("devices/pci0000:00/0000:00:14.0/usb1").resolve(busId);
    write(device.resolve("idVendor"), "0483");
    write(device.resolve("idProduct"), "374b");
    write(device.resolve("serial"), serial);
    write(device.resolve("product"), "STM32 STLink");
    for (int i = 0; i < 4; i++) {
      write(device.resolve(busId + ":1." + i).resolve("bInterfaceNumber"), "0" + i);
    }
    Files.createDirectories(device.resolve(busId + ":1.2/tty").resolve(tty));
    Files.createSymbolicLink(sys().resolve("bus/usb/devices").resolve(busId), device);
    Files.createSymbolicLink(dev().resolve(tty), pty);
  }

  public void unplug(String busId, String tty) throws IOException {
    Files.delete(sys().resolve("bus/usb/devices").resolve(busId));
    Files.delete(dev().resolve(tty));
    Path device = sys().resolve("devices/pci0000:00/0000:00:14.0/usb1").resolve(busId);
    try (Stream<Path> all = Files.walk(device)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text + "\n");
  }
}
