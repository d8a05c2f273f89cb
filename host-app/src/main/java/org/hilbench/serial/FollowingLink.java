package org.hilbench.serial;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
  private final Opener opener;
  private final Duration patience;
  private volatile SerialLink line;
  private int losses;
  private volatile boolean closed;

  /** Opens a device file. */
  @FunctionalInterface
  interface Opener {
    SerialLink open(Path device) throws PortException;
  }

  private FollowingLink(UsbDevices devices, PortIdentity identity, Opener opener, Duration patience)
      throws PortException {
    this.devices = devices;
    this.identity = identity;
    this.opener = opener;
    this.patience = patience;
    this.line = opened();
  }

  /**
   * Opens the port of this identity, now or as soon as it is there: flashing resets a board, and
   * some come back as a new device.
   *
   * @param patience how long the port may stay away, or not be permitted yet
   * @throws PortException if it stays absent or forbidden; at once if it is held, or takes no rate
   */
  public static FollowingLink open(
      UsbDevices devices, PortIdentity identity, List<Integer> bauds, Duration patience)
      throws PortException {
    List<Integer> rates = List.copyOf(bauds);
    return open(devices, identity, device -> SerialLink.open(device, rates), patience);
  }

  static FollowingLink open(
      UsbDevices devices, PortIdentity identity, Opener opener, Duration patience)
      throws PortException {
    return new FollowingLink(devices, identity, opener, patience);
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
    SerialLink again = opened();
    line = again;
    losses++;
    if (closed) { // meanwhile, by another thread
      again.close();
      throw lost;
    }
  }

  private SerialLink opened() throws PortException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        return opener.open(present());
      } catch (PortException e) {
        boolean over = closed || Thread.currentThread().isInterrupted();
        if (!e.reason().mayPass() || over || System.nanoTime() - deadline >= 0) {
          throw e;
        }
        pause();
      }
    }
  }

  private Path present() throws PortException {
    return devices
        .find(identity)
        .orElseThrow(
            () ->
                new PortException(
                    PortException.Reason.ABSENT,
                    "the board on probe "
                        + identity
                        + " is not plugged in; attached: "
                        + attached()));
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
