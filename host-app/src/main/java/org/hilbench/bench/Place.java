package org.hilbench.bench;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hilbench.BenchException;
import org.hilbench.board.BoardProfile;
import org.hilbench.device.Device;
import org.hilbench.firmware.FirmwareImage;
import org.hilbench.lab.Probe;
import org.hilbench.measure.MeasurementJob;

/**
 * Where a job runs: the board itself or one of several equal ones, a model of it, or a machine that
 * stands in for it.
 *
 * @param name for people: {@code qemu mps2-an386}
 * @param links the profile that the image which runs is linked with; the board's own unless a
 *     machine stands in
 * @param standIn the machine that stands in; absent where none does
 * @param machines what it may be, told apart from all others: a simulator with its version, or the
 *     serial numbers of the probes of equal boards; empty where nothing tells
 * @param chooser says which of equal boards it is in the end
 */
public record Place(
    String name,
    BoardProfile links,
    Optional<String> standIn,
    List<String> machines,
    Chooser chooser) {
  /** Before the port or the serial number of the probe of a board. */
  public static final String ON_SERIAL = "serial:";

  public Place {
    Objects.requireNonNull(name);
    Objects.requireNonNull(links);
    Objects.requireNonNull(standIn);
    machines = List.copyOf(machines);
    Objects.requireNonNull(chooser);
  }

  /** One without a choice and without a probe. */
  public Place(String name, BoardProfile links, Optional<String> standIn, Opener opener) {
    this(name, links, standIn, List.of(), opener);
  }

  /** Likewise, where it is known what runs. */
  public Place(
      String name,
      BoardProfile links,
      Optional<String> standIn,
      List<String> machines,
      Opener opener) {
    this(name, links, standIn, machines, () -> new Taken(name, Optional.empty(), opener, () -> {}));
  }

  /** Whether silicon runs there. */
  public boolean onABoard() {
    return name.startsWith(ON_SERIAL);
  }

  /**
   * Takes it for one job, before a meter feeds it and before an image is put on it.
   *
   * @throws BenchException (ENVIRONMENT) if every board there is in use
   */
  public Taken take() throws BenchException {
    return chooser.choose();
  }

  /** Chooses one device, and keeps others from it. */
  @FunctionalInterface
  public interface Chooser {
    Taken choose() throws BenchException;
  }

  /**
   * The one device of a place that a job has for itself until this is closed.
   *
   * @param name for people: {@code serial:/dev/ttyACM0}
   * @param probe of the board, which a meter may be wired to; absent where none is known
   * @param release gives it free
   */
  public record Taken(String name, Optional<Probe> probe, Opener opener, Runnable release)
      implements AutoCloseable {
    public Taken {
      Objects.requireNonNull(name);
      Objects.requireNonNull(probe);
      Objects.requireNonNull(opener);
      Objects.requireNonNull(release);
    }

    /** Whether silicon runs there, whose power a meter can see. */
    public boolean onABoard() {
      return name.startsWith(ON_SERIAL);
    }

    @Override
    public void close() {
      release.run();
    }
  }

  /** Puts an image on the device and greets it. */
  @FunctionalInterface
  public interface Opener {
    Device open(FirmwareImage image) throws BenchException;
  }

  /** Finds a place for a board. */
  @FunctionalInterface
  public interface Finder {
    /**
     * @param on as {@link MeasurementJob#on}, or {@code serial:PORT} for what this desk names
     * @throws BenchException (USAGE) if there is no such place for this board, (ENVIRONMENT) if a
     *     program is missing
     */
    Place find(BoardProfile board, String on) throws BenchException;
  }
}
