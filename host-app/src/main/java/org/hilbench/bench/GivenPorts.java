package org.hilbench.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.board.BoardProfile;
import org.hilbench.device.Device;
import org.hilbench.device.Patience;
import org.hilbench.serial.PortException;
import org.hilbench.serial.SerialLink;

/**
 * Runs a job on a serial port that the user names, whose board runs the image already: nothing is
 * flashed, and a board that runs anything else is told from the right one by what it says of
 * itself. All other jobs go on.
 */
public final class GivenPorts implements Place.Finder {
  private final Place.Finder others;
  private final Patience patience;

  /**
   * @param others for jobs that name no port
   */
  public GivenPorts(Place.Finder others) {
    this(others, Patience.usual());
  }

  /** Likewise, for a port that may not be a board's. */
  GivenPorts(Place.Finder others, Patience patience) {
    this.others = others;
    this.patience = patience;
  }

  @Override
  public Place find(BoardProfile board, String on) throws BenchException {
    if (!on.startsWith(Place.ON_SERIAL)) {
      return others.find(board, on);
    }
    Path port = Path.of(on.substring(Place.ON_SERIAL.length()));
    return new Place(on, board, Optional.empty(), image -> open(board, port));
  }

  private Device open(BoardProfile board, Path port) throws BenchException {
    try {
      return AnsweringRate.greet(
          Place.ON_SERIAL + port,
          board.uart().bauds(),
          baud -> SerialLink.open(port, List.of(baud)),
          patience);
    } catch (PortException e) {
      throw new BenchException(
          Stage.RUN, BenchException.Kind.ENVIRONMENT, String.valueOf(e.getMessage()), e);
    }
  }
}
