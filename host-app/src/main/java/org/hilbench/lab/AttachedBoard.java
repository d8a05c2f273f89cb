package org.hilbench.lab;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hilbench.board.BoardProfile;
import org.hilbench.serial.PortIdentity;
import org.hilbench.serial.UsbDevice;
import org.hilbench.serial.UsbTty;

/**
 * A probe that is plugged in and the board that may sit behind it.
 *
 * @param device as the kernel sees it
 * @param candidates profiles whose boards carry such a probe, in the order of their ids
 * @param probe absent where it has no serial number that tools take: it cannot be told from another
 * @param adopted leave to write to it; absent where its user was not asked
 */
public record AttachedBoard(
    UsbDevice device,
    List<BoardProfile> candidates,
    Optional<Probe> probe,
    Optional<Adopted> adopted) {
  public AttachedBoard {
    Objects.requireNonNull(device);
    candidates = List.copyOf(candidates);
    Objects.requireNonNull(probe);
    Objects.requireNonNull(adopted);
  }

  /** Its serial port today. */
  public Optional<Path> port() {
    return tty().map(UsbTty::device);
  }

  /** What its serial port is known by, however the device file is called. */
  public Optional<PortIdentity> portIdentity() {
    return tty()
        .filter(tty -> probe.isPresent())
        .map(
            tty ->
                new PortIdentity(
                    device.vendor(), device.productId(), device.serial(), tty.interfaceNumber()));
  }

  private Optional<UsbTty> tty() {
    Optional<Integer> stated = adopted.flatMap(Adopted::serialInterface);
    return device.ttys().stream()
        .filter(tty -> stated.map(number -> number == tty.interfaceNumber()).orElse(true))
        .findFirst();
  }
}
