package org.hilbench.bench;

import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import org.hilbench.BenchException;
import org.hilbench.device.Device;
import org.hilbench.device.DeviceException;
import org.hilbench.device.Patience;
import org.hilbench.device.ProtocolDevice;
import org.hilbench.protocol.Link;
import org.hilbench.serial.PortException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Greets a board at the first of its profile's rates that its port takes and at which it answers:
 * firmware whose clock failed answers at a lower one than the first, and says why.
 */
final class AnsweringRate {
  private static final Logger LOG = LoggerFactory.getLogger(AnsweringRate.class);

  private AnsweringRate() {}

  /** Opens the board's line at one rate. */
  @FunctionalInterface
  interface Line {
    Link open(int baud) throws PortException;
  }

  /**
   * @param bauds in the order they are tried, not empty
   * @throws DeviceException.TimedOut if it is silent at the last one too
   */
  static Device greet(String name, List<Integer> bauds, Line line, Patience patience)
      throws BenchException, PortException {
    Iterator<Integer> rates = bauds.iterator();
    while (true) {
      int baud = rates.next();
      try {
        return greeted(name, line.open(baud), patience);
      } catch (DeviceException.TimedOut silent) {
        if (!rates.hasNext()) {
          throw silent;
        }
        LOG.info("{} is silent at {} baud", name, baud);
      } catch (PortException refused) {
        if (refused.reason() != PortException.Reason.NO_RATE || !rates.hasNext()) {
          throw refused;
        }
        LOG.info("{} does not take {} baud", name, baud);
      }
    }
  }

  private static Device greeted(String name, Link line, Patience patience) throws BenchException {
    try {
      return ProtocolDevice.greet(line, name, patience, new SplittableRandom(System.nanoTime()));
    } catch (BenchException | RuntimeException e) {
      line.close();
      throw e;
    }
  }
}
