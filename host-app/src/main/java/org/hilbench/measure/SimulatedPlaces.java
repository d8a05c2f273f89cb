package org.hilbench.measure;

import java.util.List;
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
import org.hilbench.exec.CommandRunner;

/**
 * Runs every board on the first of its profile's simulators that is installed: QEMU's. The program
 * is looked for when the first place is: who measures on real boards alone needs none.
 */
public final class SimulatedPlaces implements Place.Finder {
  private final BoardProfiles profiles;
  private final CommandRunner runner;
  private Optional<Qemu> found = Optional.empty();

  public SimulatedPlaces(BoardProfiles profiles, CommandRunner runner) {
    this.profiles = profiles;
    this.runner = runner;
  }

  private synchronized Qemu qemu() throws BenchException {
    if (found.isEmpty()) {
      found = Optional.of(Qemu.find(runner));
    }
    return found.get();
  }

  @Override
  public Place find(BoardProfile board, String on) throws BenchException {
    if (!List.of(MeasurementJob.ON_AUTO, MeasurementJob.ON_QEMU).contains(on)) {
      throw usage("cannot measure on '" + on + "'; known here: auto, qemu");
    }
    Simulator simulator =
        board.simulators().stream()
            .filter(one -> one.engine() == Simulator.Engine.QEMU)
            .findFirst()
            .orElseThrow(() -> usage(noMachine(board)));
    QemuMachine machine =
        new QemuMachine(qemu(), simulator.machine(), simulator.tickHz(), Patience.simulated());
    return new Place(
        "qemu " + simulator.machine(),
        profiles.runnable(board, simulator),
        simulator.standIn() ? Optional.of(simulator.machine()) : Optional.empty(),
        image -> machine.open(image.elf()));
  }

  private static String noMachine(BoardProfile board) {
    return "board "
        + board.id()
        + " has no QEMU machine; its simulators: "
        + board.simulators().stream()
            .map(one -> one.engine() + " " + one.machine())
            .collect(Collectors.joining(", ", "[", "]"));
  }

  private static BenchException usage(String message) {
    return new BenchException(Stage.RUN, BenchException.Kind.USAGE, message);
  }
}
