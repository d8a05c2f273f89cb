package org.hilbench.serial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is plugged in, read from Linux's sysfs (Documentation/ABI/stable/sysfs-bus-usb). A device
 * that goes while it is read is left out.
 */
public final class UsbDevices {
  private static final int HEX = 16;
  private final Path sys;
  private final Path dev;

  public UsbDevices() {
    this(Path.of("/sys"), Path.of("/dev"));
  }

  /**
   * @param sys where sysfs is mounted
   * @param dev where the device files are
   */
  public UsbDevices(Path sys, Path dev) {
    this.sys = sys;
    this.dev = dev;
  }

  /** Everything that has a vendor and a product number; empty where there is no USB. */
  public List<UsbDevice> list() {
    List<UsbDevice> found = new ArrayList<>();
    for (Path folder : children(sys.resolve("bus/usb/devices"))) {
      if (Files.exists(folder.resolve("idVendor"))) {
        device(folder).ifPresent(found::add);
      }
    }
    return found;
  }

  /** The device file of this port now, if it is plugged in. */
  public Optional<Path> find(PortIdentity identity) {
    return list().stream()
        .filter(identity::matches)
        .flatMap(device -> device.ttys().stream())
        .filter(tty -> tty.interfaceNumber() == identity.interfaceNumber())
        .map(UsbTty::device)
        .filter(Files::exists)
        .findFirst();
  }

  private Optional<UsbDevice> device(Path folder) {
    try {
      return Optional.of(
          new UsbDevice(
              Integer.parseInt(text(folder.resolve("idVendor")), HEX),
              Integer.parseInt(text(folder.resolve("idProduct")), HEX),
              optionalText(folder.resolve("serial")),
              optionalText(folder.resolve("product")),
              ttys(folder)));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private List<UsbTty> ttys(Path folder) throws IOException {
    List<UsbTty> ttys = new ArrayList<>();
    for (Path part : children(folder)) {
      if (Files.exists(part.resolve("bInterfaceNumber"))) {
        int number = Integer.parseInt(text(part.resolve("bInterfaceNumber")), HEX);
        names(part).forEach(name -> ttys.add(new UsbTty(dev.resolve(name), number)));
      }
    }
    return ttys;
  }

  /** cdc-acm keeps a folder {@code tty/ttyACM0}, usb-serial a folder {@code ttyUSB0}. */
  private static List<String> names(Path part) {
    return Stream.concat(children(part.resolve("tty")).stream(), children(part).stream())
        .map(path -> String.valueOf(path.getFileName()))
        .filter(name -> name.startsWith("tty") && !name.equals("tty"))
        .distinct()
        .toList();
  }

  private static List<Path> children(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file).strip();
  }

  private static String optionalText(Path file) throws IOException {
    return Files.exists(file) ? text(file) : "";
  }
}
