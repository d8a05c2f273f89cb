package org.hilbench.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.OperatingPoint;
import org.hilbench.board.TypicalPower;
import org.hilbench.device.SocketLink;
import org.hilbench.energy.EnergyMeter;
import org.hilbench.energy.InaBridgeMeter;
import org.hilbench.energy.Lpm01aMeter;
import org.hilbench.energy.OtiiMeter;
import org.hilbench.energy.Ppk2Meter;
import org.hilbench.energy.SampleKeeper;
import org.hilbench.lab.Lab;
import org.hilbench.lab.MeterEntry;
import org.hilbench.protocol.Link;
import org.hilbench.serial.PortException;
import org.hilbench.serial.SerialLink;

/** The meter that the command line names, else the one that {@code lab.yaml} wires to the board. */
public final class LabMeters implements Meters {
  private static final List<Integer> USB_RATES = List.of(115_200);
  private static final Duration CONNECTS = Duration.ofSeconds(5);

  private final Lab lab;
  private final Optional<MeterEntry> named;
  private final Optional<Path> samples;

  /**
   * @param named on the command line
   */
  public LabMeters(Lab lab, Optional<MeterEntry> named) {
    this(lab, named, Optional.empty());
  }

  /**
   * @param named on the command line
   * @param samples file that keeps every sample of a recording; absent: none are kept
   */
  public LabMeters(Lab lab, Optional<MeterEntry> named, Optional<Path> samples) {
    this.lab = lab;
    this.named = named;
    this.samples = samples;
  }

  @Override
  public Optional<EnergyMeter> open(BoardProfile board, OperatingPoint point, Place.Taken place)
      throws BenchException {
    if (!place.onABoard()) {
      if (named.isPresent()) {
        throw BenchException.usage(
            Stage.RUN, "--meter: " + place.name() + " draws no power that a meter could see");
      }
      refuseToKeepNothing(place);
      return Optional.empty();
    }
    Optional<MeterEntry> entry = named.or(() -> place.probe().flatMap(lab::meterOf));
    if (entry.isEmpty()) {
      refuseToKeepNothing(place);
      return Optional.empty();
    }
    EnergyMeter meter = opened(entry.get(), board, point);
    return Optional.of(samples.isEmpty() ? meter : new SampleKeeper(meter, samples.get()));
  }

  private void refuseToKeepNothing(Place.Taken place) throws BenchException {
    if (samples.isPresent()) {
      throw BenchException.usage(
          Stage.RUN,
          "--keep-samples: no meter watches "
              + place.name()
              + "; name one with --meter or in lab.yaml");
    }
  }

  private static EnergyMeter opened(MeterEntry entry, BoardProfile board, OperatingPoint point)
      throws BenchException {
    Link line =
        entry.kind() == MeterEntry.Kind.OTII ? server(entry) : line(entry, rates(entry.kind()));
    try {
      return switch (entry.kind()) {
        case PPK2 -> Ppk2Meter.open(line, supply(entry, board, point), most(board));
        case LPM01A -> Lpm01aMeter.open(line, supply(entry, board, point), most(board));
        case INA -> InaBridgeMeter.open(line);
        case OTII -> OtiiMeter.open(line, supply(entry, board, point), most(board));
      };
    } catch (BenchException | RuntimeException e) {
      line.close();
      throw e;
    }
  }

  private static List<Integer> rates(MeterEntry.Kind kind) {
    return switch (kind) {
      case PPK2, OTII -> USB_RATES;
      case LPM01A -> Lpm01aMeter.RATES;
      case INA -> InaBridgeMeter.RATES;
    };
  }

  private static Link line(MeterEntry entry, List<Integer> rates) throws BenchException {
    try {
      return SerialLink.open(Path.of(entry.port()), rates);
    } catch (PortException e) {
      throw new BenchException(
          Stage.RUN,
          BenchException.Kind.ENVIRONMENT,
          "meter " + entry.kind().word() + ": " + e.getMessage(),
          e);
    }
  }

  /** {@code HOST} or {@code HOST:PORT}. */
  private static Link server(MeterEntry entry) throws BenchException {
    int colon = entry.port().lastIndexOf(':');
    String host = colon < 0 ? entry.port() : entry.port().substring(0, colon);
    try {
      int port = colon < 0 ? OtiiMeter.PORT : Integer.parseInt(entry.port().substring(colon + 1));
      return SocketLink.connect(host, port, CONNECTS);
    } catch (NumberFormatException e) {
      throw BenchException.usage(
          Stage.RUN, "meter " + entry.kind().word() + ": '" + entry.port() + "' is not HOST:PORT");
    } catch (IOException e) {
      throw new BenchException(
          Stage.RUN,
          BenchException.Kind.ENVIRONMENT,
          "meter "
              + entry.kind().word()
              + ": nobody answers at "
              + entry.port()
              + " ("
              + e.getMessage()
              + "); start its server: in the Otii application, or otii_server",
          e);
    }
  }

  private static int supply(MeterEntry entry, BoardProfile board, OperatingPoint point)
      throws BenchException {
    Optional<Integer> stated = point.typicalPower().map(TypicalPower::supplyMillivolts);
    return entry
        .supplyMillivolts()
        .or(() -> stated)
        .orElseThrow(
            () ->
                BenchException.usage(
                    Stage.RUN,
                    "the profile of "
                        + board.id()
                        + " states no supply at "
                        + point.name()
                        + "; state supplyMillivolts of the meter in lab.yaml"));
  }

  /** The highest supply that the profile states: nothing above it is ever set. */
  private static int most(BoardProfile board) throws BenchException {
    OptionalInt most =
        board.operatingPoints().stream()
            .flatMap(point -> point.typicalPower().stream())
            .mapToInt(TypicalPower::supplyMillivolts)
            .max();
    return most.orElseThrow(
        () ->
            BenchException.usage(
                Stage.RUN,
                "the profile of "
                    + board.id()
                    + " states no supply voltage at all: hilbench feeds no board without a cap;"
                    + " state a typicalPower in its board.yaml"));
  }
}
