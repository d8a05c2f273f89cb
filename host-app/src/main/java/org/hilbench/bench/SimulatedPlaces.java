package org.hilbench.bench;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.BoardProfiles;
import org.hilbench.board.Simulator;
import org.hilbench.device.Patience;
import org.hilbench.device.Qemu;
import org.hilbench.device.QemuMachine;
import org.hilbench.device.Renode;
import org.hilbench.device.RenodeMachine;
import org.hilbench.device.RenodePlatform;
import org.hilbench.exec.CommandRunner;
import org.hilbench.measure.MeasurementJob;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs every board on the first of its profile's simulators of the engine that is asked for: QEMU's
 * unless the profile has none or Renode is named. The programs are looked for when the first place
 * is: who measures on real boards alone needs none.
 */
public final class SimulatedPlaces implements Place.Finder {
  private static final Logger LOG = LoggerFactory.getLogger(SimulatedPlaces.class);

  private final BoardProfiles profiles;
  private final CommandRunner runner;
  private final Map<String, String> environment;
  private Optional<Qemu> foundQemu = Optional.empty();
  private Optional<Renode> foundRenode = Optional.empty();

  public SimulatedPlaces(BoardProfiles profiles, CommandRunner runner) {
    this(profiles, runner, System.getenv());
  }

  /**
   * @param environment which may name Renode
   */
  SimulatedPlaces(BoardProfiles profiles, CommandRunner runner, Map<String, String> environment) {
    this.profiles = profiles;
    this.runner = runner;
    this.environment = Map.copyOf(environment);
  }

  private synchronized Qemu qemu() throws BenchException {
    if (foundQemu.isEmpty()) {
      foundQemu = Optional.of(Qemu.find(runner));
    }
    return foundQemu.get();
  }

  private synchronized Renode renode() throws BenchException {
    if (foundRenode.isEmpty()) {
      Renode found = Renode.find(runner, environment);
      LOG.warn(
          "Renode {} listens on all network interfaces of this machine while a board runs on it",
          found.version());
      foundRenode = Optional.of(found);
    }
    return foundRenode.get();
  }

  @Override
  public Place find(BoardProfile board, String on) throws BenchException {
    Simulator simulator =
        switch (on) {
          case MeasurementJob.ON_QEMU ->
              of(board, Simulator.Engine.QEMU)
                  .orElseThrow(
                      () -> BenchException.usage(Stage.RUN, noMachine(board, "QEMU machine")));
          case MeasurementJob.ON_RENODE ->
              of(board, Simulator.Engine.RENODE)
                  .orElseThrow(
                      () -> BenchException.usage(Stage.RUN, noMachine(board, "Renode platform")));
          case MeasurementJob.ON_AUTO ->
              of(board, Simulator.Engine.QEMU)
                  .or(() -> of(board, Simulator.Engine.RENODE))
                  .orElseThrow(
                      () -> BenchException.usage(Stage.RUN, noMachine(board, "simulator")));
          default ->
              throw BenchException.usage(
                  Stage.RUN, "cannot measure on '" + on + "'; known here: auto, qemu, renode");
        };
    return simulator.engine() == Simulator.Engine.QEMU
        ? onQemu(board, simulator)
        : onRenode(board, simulator);
  }

  private static Optional<Simulator> of(BoardProfile board, Simulator.Engine engine) {
    return board.simulators().stream().filter(one -> one.engine() == engine).findFirst();
  }

  private Place onQemu(BoardProfile board, Simulator simulator) throws BenchException {
    QemuMachine machine =
        new QemuMachine(qemu(), simulator.machine(), simulator.tickHz(), Patience.simulated());
    return new Place(
        "qemu " + simulator.machine(),
        profiles.runnable(board, simulator),
        simulator.standIn() ? Optional.of(simulator.machine()) : Optional.empty(),
        List.of("qemu " + qemu().version() + " " + simulator.machine()),
        image -> machine.open(image.elf()));
  }

  /** The board's own image: nothing stands in. */
  private Place onRenode(BoardProfile board, Simulator simulator) throws BenchException {
    RenodePlatform platform;
    try {
      platform = RenodePlatform.of(board, simulator);
    } catch (IllegalArgumentException e) {
      throw BenchException.usage(Stage.RUN, String.valueOf(e.getMessage()), e);
    }
    RenodeMachine machine = new RenodeMachine(renode(), platform, Patience.simulated());
    return new Place(
        "renode " + simulator.machine(),
        board,
        Optional.empty(),
        List.of("renode " + renode().version() + " " + simulator.machine()),
        image -> machine.open(image.elf()));
  }

  private static String noMachine(BoardProfile board, String what) {
    return "board "
        + board.id()
        + " has no "
        + what
        + "; its simulators: "
        + board.simulators().stream()
            .map(one -> one.engine() + " " + one.machine())
            .collect(Collectors.joining(", ", "[", "]"));
  }
}
