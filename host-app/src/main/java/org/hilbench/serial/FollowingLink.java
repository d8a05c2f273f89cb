package org.hilbench.serial;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hilbench.protocol.Link;

/**
 * A port of one probe, followed through re-enumeration: where the device file goes and comes back,
 * perhaps under another name, the line goes on. What was on its way then is lost, and a read
 * returns 0: the protocol asks again, and the boot nonce in its answers shows a reset.
 */
public final class FollowingLink implements Link {
  private static final Duration POLL = Duration.ofMillis(40);

  private final UsbDevices devices;
  private final PortIdentity identity;
  private final List<Integer> bauds;
  private final Duration patience;
  private SerialLink line;
  private int losses;
  private volatile boolean closed;

  private FollowingLink(
      UsbDevices devices, PortIdentity identity, List<Integer> bauds, Duration patience)
      throws PortException {
    this.devices = devices;
    this.identity = identity;
    this.bauds = List.copyOf(bauds);
    this.patience = patience;
    this.line = SerialLink.open(await(Duration.ZERO), bauds);
  }

  /**
   * Opens the port of this identity, which must be plugged in.
   *
   * @param patience how long a lost port may stay away
   * @throws PortException if it is absent, held, or not permitted
   */
  public static FollowingLink open(
      UsbDevices devices, PortIdentity identity, List<Integer> bauds, Duration patience)
      throws PortException {
    return new FollowingLink(devices, identity, bauds, patience);
  }

  /** How often the port went and came back. */
  public int losses() {
    return losses;
  }

  @Override
  public void write(byte[] bytes, Duration limit) throws IOException {
    try {
      line.write(bytes, limit);
    } catch (PortException lost) {
      comeBack(lost);
      line.write(bytes, limit);
    }
  }

  @Override
  public int read(byte[] into, Duration wait) throws IOException {
    try {
      return line.read(into, wait);
    } catch (PortException lost) {
      comeBack(lost);
      return 0;
    }
  }

  private void comeBack(PortException lost) throws PortException {
    if (closed) {
      throw lost;
    }
    line.close();
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        line = SerialLink.open(await(Duration.ofNanos(deadline - System.nanoTime())), bauds);
        losses++;
        return;
      } catch (PortException e) {
        // udev may not have set the owner yet, or the file went once more
        if (System.nanoTime() > deadline) {
          throw e;
        }
        pause();
      }
    }
  }

  private Path await(Duration limit) throws PortException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      Optional<Path> device = devices.find(identity);
      if (device.isPresent()) {
        return device.get();
      }
      if (System.nanoTime() >= deadline || Thread.currentThread().isInterrupted()) {
        throw new PortException(
            PortException.Reason.ABSENT,
            "the board on probe " + identity + " is not plugged in; attached: " + attached());
      }
      pause();
    }
  }

  private String attached() {
    List<String> present =
        devices.list().stream()
            .filter(device -> !device.ttys().isEmpty())
            .map(UsbDevice::toString)
            .toList();
    return present.isEmpty() ? "none" : String.join("; ", present);
  }

  private static void pause() {
    try {
      Thread.sleep(POLL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed = true;
    line.close();
  }
}
