package org.hilbench.selftest;

import java.util.List;
import java.util.Optional;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.bench.GivenPorts;
import org.hilbench.bench.ImageBuilder;
import org.hilbench.bench.LabMeters;
import org.hilbench.bench.Place;
import org.hilbench.bench.SimulatedPlaces;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.BoardProfiles;
import org.hilbench.desk.Desk;
import org.hilbench.desk.Home;
import org.hilbench.exec.CommandRunner;
import org.hilbench.firmware.CompileWatcher;
import org.hilbench.firmware.FirmwareBuilder;
import org.hilbench.firmware.KernelSet;

/**
 * A board of this desk, or what stands in for it, that was tried.
 *
 * @param ranOn where it ran, for people
 * @param standIn the machine that stood in; absent where none did
 */
public record TriedBoard(
    String board, String ranOn, Optional<String> standIn, List<Finding> findings) {
  public TriedBoard {
    findings = List.copyOf(findings);
  }

  /**
   * Tries it.
   *
   * @param on {@link Desk#ON_AUTO}, {@code qemu}, {@code renode} or {@code serial:PORT}
   * @param kernels set of kernels of the firmware, by name
   * @param compiles hears of what is compiled once
   */
  public static TriedBoard of(
      Home home,
      BoardProfiles boards,
      CommandRunner runner,
      String board,
      String on,
      String kernels,
      CompileWatcher compiles)
      throws BenchException {
    KernelSet set = kernels(kernels);
    BoardProfile profile = boards.find(board);
    FirmwareBuilder builder =
        new FirmwareBuilder(
            runner, home.firmwareTemplates(), home.cache(), Optional.empty(), compiles);
    Desk desk = Desk.read(home, boards);
    Place.Finder simulators = new GivenPorts(new SimulatedPlaces(boards, runner));
    Place place = desk.places(home, runner, simulators).find(profile, on);
    LabMeters meters = new LabMeters(desk.lab(), Optional.empty());
    List<Finding> findings = SelfTest.of(profile, place, ImageBuilder.of(builder), set, meters);
    return new TriedBoard(board, place.name(), place.standIn(), findings);
  }

  private static KernelSet kernels(String name) throws BenchException {
    try {
      return KernelSet.parse(name);
    } catch (IllegalArgumentException e) {
      throw BenchException.usage(Stage.BUILD, "--kernels: " + e.getMessage(), e);
    }
  }

  /** Whether something was found that must not be. */
  public boolean failed() {
    return findings.stream().anyMatch(one -> one.result() == Finding.Result.FAIL);
  }
}
