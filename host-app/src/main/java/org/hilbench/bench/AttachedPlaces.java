package org.hilbench.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.board.BoardProfile;
import org.hilbench.device.Device;
import org.hilbench.device.DeviceException;
import org.hilbench.device.Patience;
import org.hilbench.firmware.FirmwareImage;
import org.hilbench.flash.BoardFlasher;
import org.hilbench.lab.Adopted;
import org.hilbench.lab.AttachedBoard;
import org.hilbench.lab.AttachedBoards;
import org.hilbench.lab.Probe;
import org.hilbench.lab.ProbeLock;
import org.hilbench.measure.MeasurementJob;
import org.hilbench.serial.FollowingLink;
import org.hilbench.serial.PortException;
import org.hilbench.serial.PortIdentity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a job on an adopted board that is plugged in: flashes it, opens its serial port, greets it.
 * Where there is none, the job goes on.
 */
public final class AttachedPlaces implements Place.Finder {
  private static final Logger LOG = LoggerFactory.getLogger(AttachedPlaces.class);
  private static final Duration COMES_BACK = Duration.ofSeconds(10);
  private static final Duration LOOKS_AGAIN = Duration.ofSeconds(1);
  private static final Duration ANSWERS_AT_ONCE = Duration.ofSeconds(2);

  private final AttachedBoards attached;
  private final BoardFlasher flasher;
  private final Path locks;
  private final Patience patience;
  private final Place.Finder others;

  /** What jobs of this bench have, among what is locked. */
  private final Set<Probe> taken = new HashSet<>();

  /**
   * @param locks folder that says which board is in use
   * @param patience with a board that is asked
   * @param others for boards that are not plugged in, and for ports that no probe has
   */
  public AttachedPlaces(
      AttachedBoards attached,
      BoardFlasher flasher,
      Path locks,
      Patience patience,
      Place.Finder others) {
    this.attached = attached;
    this.flasher = flasher;
    this.locks = locks;
    this.patience = patience;
    this.others = others;
  }

  @Override
  public Place find(BoardProfile board, String on) throws BenchException {
    boolean named = on.startsWith(Place.ON_SERIAL);
    boolean any = List.of(MeasurementJob.ON_AUTO, MeasurementJob.ON_BOARD).contains(on);
    if (!named && !any) {
      return others.find(board, on);
    }
    List<AttachedBoard> usable =
        attached.adopted(board).stream().filter(one -> !named || isAt(one, on)).toList();
    if (usable.isEmpty()) {
      if (on.equals(MeasurementJob.ON_BOARD) || (named && !isNobodysPort(on))) {
        throw noSuchBoard(board, on);
      }
      return others.find(board, on);
    }
    AttachedBoard first = usable.get(0);
    List<String> probes =
        usable.stream().map(one -> one.adopted().orElseThrow().probe().serial()).toList();
    return new Place(name(first), board, Optional.empty(), probes, () -> freeOne(board, usable));
  }

  /** A port that is there and belongs to no probe: whatever sits behind it is not ours to flash. */
  private boolean isNobodysPort(String on) {
    return Files.exists(Path.of(on.substring(Place.ON_SERIAL.length())))
        && attached.list().stream().noneMatch(one -> isAt(one, on));
  }

  private static boolean isAt(AttachedBoard board, String on) {
    String port = on.substring(Place.ON_SERIAL.length());
    return board.port().filter(path -> isSameFile(path, Path.of(port))).isPresent()
        || board.probe().filter(probe -> probe.serial().equals(port)).isPresent();
  }

  /** Also through the links that udev makes: {@code /dev/serial/by-id/...}. */
  private static boolean isSameFile(Path one, Path other) {
    try {
      return one.equals(other) || (Files.exists(other) && Files.isSameFile(one, other));
    } catch (IOException e) {
      return false; // one of them went meanwhile
    }
  }

  private static String name(AttachedBoard board) {
    return "serial:" + board.port().map(Path::toString).orElse("none");
  }

  /** The first of the equal boards that nobody uses; waits for one that another job here has. */
  private synchronized Place.Taken freeOne(BoardProfile board, List<AttachedBoard> usable)
      throws BenchException {
    try {
      Optional<Place.Taken> free = firstFree(usable);
      while (free.isEmpty()) {
        if (usable.stream().noneMatch(one -> taken.contains(one.adopted().orElseThrow().probe()))) {
          throw inUse(board);
        }
        wait(LOOKS_AGAIN.toMillis());
        free = firstFree(usable);
      }
      return free.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException(
          Stage.RUN, BenchException.Kind.PASSING, "interrupted while a board was waited for", e);
    }
  }

  private Optional<Place.Taken> firstFree(List<AttachedBoard> usable) throws BenchException {
    for (AttachedBoard one : usable) {
      Adopted adopted = one.adopted().orElseThrow();
      Optional<ProbeLock> lock = ProbeLock.take(locks, adopted.probe());
      if (lock.isPresent()) {
        taken.add(adopted.probe());
        return Optional.of(taken(adopted, one, lock.get()));
      }
    }
    return Optional.empty();
  }

  private Place.Taken taken(Adopted adopted, AttachedBoard board, ProbeLock lock) {
    return new Place.Taken(
        name(board),
        Optional.of(adopted.probe()),
        image -> flashedAndGreeted(adopted, board, image),
        () -> release(adopted.probe(), lock));
  }

  private synchronized void release(Probe probe, ProbeLock lock) {
    lock.close();
    taken.remove(probe);
    notifyAll();
  }

  private static BenchException inUse(BoardProfile board) {
    return new BenchException(
        Stage.FLASH,
        BenchException.Kind.ENVIRONMENT,
        "every attached "
            + board.id()
            + " is in use by another hilbench; wait for it, or measure with --on qemu");
  }

  private Device flashedAndGreeted(Adopted adopted, AttachedBoard board, FirmwareImage image)
      throws BenchException {
    try {
      PortIdentity port = board.portIdentity().orElseThrow(() -> noPort(adopted));
      if (image.resident()) {
        Optional<Device> running = running(adopted, board, port, image);
        if (running.isPresent()) {
          return running.get();
        }
      }
      flash(adopted, image);
      return greeted(adopted, board, port, patience);
    } catch (PortException e) {
      throw new BenchException(
          Stage.RUN, BenchException.Kind.ENVIRONMENT, adopted + ": " + e.getMessage(), e);
    }
  }

  private Device greeted(Adopted adopted, AttachedBoard board, PortIdentity port, Patience patience)
      throws BenchException, PortException {
    return AnsweringRate.greet(
        name(board),
        adopted.board().uart().bauds(),
        baud -> FollowingLink.open(attached.devices(), port, List.of(baud), COMES_BACK),
        patience);
  }

  /** The board, if it runs this resident image already: it need not be flashed then. */
  private Optional<Device> running(
      Adopted adopted, AttachedBoard board, PortIdentity port, FirmwareImage image)
      throws BenchException, PortException {
    Patience brief = new Patience(ANSWERS_AT_ONCE, patience.request(), patience.repeat());
    Device device;
    try {
      device = greeted(adopted, board, port, brief);
    } catch (DeviceException.Interrupted stopped) {
      throw stopped;
    } catch (DeviceException other) {
      LOG.debug("{} does not answer as resident firmware: {}", name(board), other.getMessage());
      return Optional.empty();
    }
    if (device.identity().buildId().equals(image.buildId())) {
      return Optional.of(device);
    }
    device.close();
    return Optional.empty();
  }

  private void flash(Adopted adopted, FirmwareImage image) throws BenchException {
    try {
      Path folder = Files.createTempDirectory("hilbench-flash");
      try {
        flasher.flash(adopted, image.elf(), folder);
      } finally {
        clear(folder);
      }
    } catch (IOException e) {
      throw new BenchException(
          Stage.FLASH,
          BenchException.Kind.ENVIRONMENT,
          "cannot use the folder for temporary files: " + e,
          e);
    }
    LOG.info("board={} stage=flash probe={}", adopted.board().id(), adopted.probe().serial());
  }

  private static void clear(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private static BenchException noPort(Adopted adopted) {
    return new BenchException(
        Stage.RUN,
        BenchException.Kind.ENVIRONMENT,
        adopted
            + " has no serial port; load the driver: sudo modprobe cdc_acm, or name the right"
            + " serialInterface in lab.yaml");
  }

  private AbsentBoardException noSuchBoard(BoardProfile board, String on) {
    String there =
        String.join(
            ", ",
            attached.adopted(board).stream()
                .map(one -> name(one) + " (" + one.adopted().orElseThrow() + ")")
                .toList());
    return new AbsentBoardException(
        "no adopted "
            + board.id()
            + (on.equals(MeasurementJob.ON_BOARD) ? " is plugged in" : " at '" + on + "'")
            + "; adopted and attached: "
            + (there.isEmpty() ? "none" : there)
            + ". See: hilbench boards");
  }
}
