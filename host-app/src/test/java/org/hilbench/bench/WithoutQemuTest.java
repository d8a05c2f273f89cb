package org.hilbench.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.hilbench.BenchException;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.BoardProfiles;
import org.hilbench.board.UsbId;
import org.hilbench.device.Patience;
import org.hilbench.exec.Command;
import org.hilbench.exec.CommandResult;
import org.hilbench.exec.CommandRunner;
import org.hilbench.exec.ExecRunner;
import org.hilbench.exec.RunningCommand;
import org.hilbench.flash.BoardFlasher;
import org.hilbench.lab.AttachedBoards;
import org.hilbench.lab.Lab;
import org.hilbench.lab.Probe;
import org.hilbench.serial.SysfsTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine on which no simulator is installed. */
final class WithoutQemuTest {
  private static final Probe PROBE = new Probe(UsbId.parse("0483:374b"), "AAA111");

  @TempDir private Path folder;

  @Test
  void aRealBoardNeedsNoSimulator() throws Exception {
    SysfsTree tree = new SysfsTree(folder.resolve("root"));
    tree.plug("1-2", "AAA111", "ttyACM0", Files.createFile(folder.resolve("pty")));
    BoardProfiles boards = DeskBoard.profiles(folder);
    BoardProfile desk = boards.find("desk");
    String place = places(tree, boards, Lab.EMPTY.adopting(PROBE, desk)).find(desk, "auto").name();
    assertEquals("serial:" + tree.dev().resolve("ttyACM0"), place);
  }

  @Test
  void aBoardThatIsNotThereSaysHowTheSimulatorIsInstalled() throws Exception {
    SysfsTree tree = new SysfsTree(folder.resolve("root"));
    BoardProfiles boards = DeskBoard.profiles(folder);
    Place.Finder places = places(tree, boards, Lab.EMPTY);
    BenchException told =
        assertThrows(BenchException.class, () -> places.find(boards.find("desk"), "auto"));
    assertEquals(BenchException.Kind.ENVIRONMENT, told.kind());
    assertTrue(
        told.getMessage().contains("sudo apt-get install qemu-system-arm"), told::getMessage);
  }

  private Place.Finder places(SysfsTree tree, BoardProfiles boards, Lab lab) throws BenchException {
    AttachedBoards attached = AttachedBoards.of(tree.devices(), boards, lab);
    CommandRunner machine = new NoQemu();
    return new AttachedPlaces(
        attached,
        new BoardFlasher(machine, attached::probes),
        folder.resolve("locks"),
        Patience.usual(),
        new GivenPorts(new SimulatedPlaces(boards, machine)));
  }

  /** This machine, but for QEMU. */
  private static final class NoQemu implements CommandRunner {
    private final ExecRunner real = new ExecRunner();

    @Override
    public CommandResult run(Command command) throws BenchException {
      return real.run(command);
    }

    @Override
    public RunningCommand start(Command command) throws BenchException {
      return real.start(command);
    }

    @Override
    public Optional<Path> find(String program) {
      return program.startsWith("qemu") ? Optional.empty() : real.find(program);
    }
  }
}
