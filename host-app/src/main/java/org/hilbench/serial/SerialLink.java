package org.hilbench.serial;

import com.fazecast.jSerialComm.SerialPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.hilbench.protocol.Link;

/**
 * One open serial port, 8N1, without flow control, for this process alone. DTR and RTS are left as
 * the driver sets them: they reset some boards.
 */
public final class SerialLink implements Link {
  private static final int BUFFER = 64 * 1024;

  /** The driver counts its waits in steps of this, and draws a shorter one out to a whole step. */
  private static final Duration DRIVER_STEP = Duration.ofMillis(100);

  private static final long LOOK_NANOS = 200_000;

  private final SerialPort port;
  private final Path device;
  private final int baud;
  private final SerialWriter writer;
  private int waitMillis = -1;
  private volatile boolean closed;

  private SerialLink(SerialPort port, Path device, int baud) {
    this.port = port;
    this.device = device;
    this.baud = baud;
    this.writer = new SerialWriter(this::written, "write " + device.getFileName());
  }

  /**
   * Opens the device at the first of these rates that it takes.
   *
   * @param bauds in the order they are tried, not empty
   * @throws PortException that says why not, and who holds it
   */
  public static SerialLink open(Path device, List<Integer> bauds) throws PortException {
    Path real = real(device);
    SerialPort port = SerialPort.getCommPort(real.toString());
    for (int baud : bauds) {
      port.setComPortParameters(baud, 8, SerialPort.ONE_STOP_BIT, SerialPort.NO_PARITY);
      port.setFlowControl(SerialPort.FLOW_CONTROL_DISABLED);
      port.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, 1, 0);
      if (port.openPort(0, BUFFER, BUFFER)) {
        return new SerialLink(port, real, baud);
      }
      refuseIfNotTheRate(real);
    }
    throw new PortException(
        PortException.Reason.NO_RATE, device + " takes none of the rates " + bauds);
  }

  /** The rate that the port took. */
  public int baud() {
    return baud;
  }

  private static Path real(Path device) throws PortException {
    try {
      return device.toRealPath();
    } catch (IOException e) {
      throw new PortException(
          PortException.Reason.ABSENT,
          "serial port "
              + device
              + " does not exist; plug the board in: hilbench boards lists"
              + " what is there");
    }
  }

  private static void refuseIfNotTheRate(Path device) throws PortException {
    if (!Files.exists(device)) {
      throw new PortException(PortException.Reason.LOST, device + " was unplugged");
    }
    if (!Files.isReadable(device) || !Files.isWritable(device)) {
      throw new PortException(
          PortException.Reason.FORBIDDEN,
          "no permission on " + device + "; run: sudo usermod -aG dialout $USER, and log in again");
    }
    List<String> holders = Holders.of(device);
    if (!holders.isEmpty()) {
      throw new PortException(
          PortException.Reason.HELD,
          device + " is held by " + String.join(", ", holders) + "; close it and try again");
    }
  }

  @Override
  public void write(byte[] bytes, Duration limit) throws IOException {
    try {
      writer.write(bytes, limit);
    } catch (SerialWriter.Refused e) {
      throw lost();
    }
  }

  private int written(byte[] bytes) {
    int count = port.writeBytes(bytes, bytes.length);
    return count == 0 && bytes.length > 0 && !Files.exists(device) ? -1 : count;
  }

  @Override
  public int read(byte[] into, Duration wait) throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      return 0;
    }
    int count = wait.compareTo(DRIVER_STEP) < 0 ? readWithin(wait, into) : readInSteps(wait, into);
    if (count < 0 || (count == 0 && !Files.exists(device))) {
      throw lost();
    }
    return count;
  }

  private int readInSteps(Duration wait, byte[] into) {
    int millis = (int) Math.min(wait.toMillis(), 60_000);
    if (millis != waitMillis) {
      port.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, millis, 0);
      waitMillis = millis;
    }
    return port.readBytes(into, into.length);
  }

  private int readWithin(Duration wait, byte[] into) {
    long deadline = System.nanoTime() + wait.toNanos();
    while (port.bytesAvailable() == 0) {
      if (System.nanoTime() - deadline >= 0 || Thread.currentThread().isInterrupted()) {
        return 0;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return port.readBytes(into, into.length); // there are some, or it says that the port is gone
  }

  private PortException lost() {
    return new PortException(
        PortException.Reason.LOST, device + (closed ? " is closed" : " was unplugged"));
  }

  @Override
  public void close() {
    closed = true;
    port.closePort(); // which ends a write that waits, too
    writer.close();
  }
}
