package org.hilbench.measure;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.board.BoardProfile;
import org.hilbench.device.Device;
import org.hilbench.device.DeviceException;
import org.hilbench.device.Patience;
import org.hilbench.device.ProtocolDevice;
import org.hilbench.serial.PortException;
import org.hilbench.serial.SerialLink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a job on a serial port that the user names, whose board runs the image already: nothing is
 * flashed, and a board that runs anything else is told from the right one by what it says of
 * itself. All other jobs go on.
 */
public final class GivenPorts implements Place.Finder {
  private static final Logger LOG = LoggerFactory.getLogger(GivenPorts.class);

  private final Place.Finder others;

  /**
   * @param others for jobs that name no port
   */
  public GivenPorts(Place.Finder others) {
    this.others = others;
  }

  @Override
  public Place find(BoardProfile board, String on) throws BenchException {
    if (!on.startsWith(MeasurementJob.ON_SERIAL)) {
      return others.find(board, on);
    }
    Path port = Path.of(on.substring(MeasurementJob.ON_SERIAL.length()));
    return new Place(on, board, Optional.empty(), image -> open(board, port));
  }

  /** At the first of the board's rates at which it answers. */
  private static Device open(BoardProfile board, Path port) throws BenchException {
    Iterator<Integer> bauds = board.uart().bauds().iterator();
    while (true) {
      int baud = bauds.next();
      try {
        return greeted(port, baud);
      } catch (DeviceException.TimedOut silent) {
        if (!bauds.hasNext()) {
          throw silent;
        }
        LOG.info("{} is silent at {} baud", port, baud);
      }
    }
  }

  private static Device greeted(Path port, int baud) throws BenchException {
    SerialLink line = line(port, baud);
    try {
      String name = MeasurementJob.ON_SERIAL + port;
      return ProtocolDevice.greet(
          line, name, Patience.usual(), new SplittableRandom(System.nanoTime()));
    } catch (BenchException | RuntimeException e) {
      line.close();
      throw e;
    }
  }

  private static SerialLink line(Path port, int baud) throws BenchException {
    try {
      return SerialLink.open(port, List.of(baud));
    } catch (PortException e) {
      throw new BenchException(
          Stage.RUN, BenchException.Kind.ENVIRONMENT, String.valueOf(e.getMessage()), e);
    }
  }
}
