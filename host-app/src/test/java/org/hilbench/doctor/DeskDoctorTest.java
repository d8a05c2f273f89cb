package org.hilbench.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hilbench.board.BoardProfiles;
import org.hilbench.board.ShippedBoards;
import org.hilbench.exec.ExecRunner;
import org.hilbench.lab.AttachedBoards;
import org.hilbench.lab.Lab;
import org.hilbench.protocol.Link;
import org.hilbench.serial.PtyPair;
import org.hilbench.serial.SerialLink;
import org.hilbench.serial.SysfsTree;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeskDoctorTest {
  @TempDir Path folder;
  private SysfsTree tree;
  private BoardProfiles boards;
  private AttachedBoards attached;

  @BeforeEach
  void prepare() throws Exception {
    tree = new SysfsTree(folder.resolve("root"));
    boards = BoardProfiles.load(ShippedBoards.directory());
    attached = AttachedBoards.of(tree.devices(), boards, Lab.EMPTY);
  }

  @Test
  void onABareMachineEveryFlashToolComesWithACommandThatInstallsIt() {
    List<Check> checks = new DeskDoctor(new BareMachine(), boards, attached, List.of()).examine();
    assertEquals(10, checks.size(), "eight tools, the group, the rules");
    for (Check check : checks) {
      assertEquals(Check.State.WARNING, check.state(), check::toString);
      assertTrue(!check.remedy().isEmpty(), check::toString);
    }
    assertEquals("sudo apt-get install openocd", checks.get(0).remedy());
  }

  @Test
  void theRuleThatIsMissingIsWrittenByTheCommand() throws Exception {
    Path rules = Files.createDirectories(folder.resolve("rules.d"));
    Files.writeString(
        rules.resolve("49-stlink.rules"), "ATTRS{idVendor}==\"0483\", MODE=\"0666\"\n");
    Check one = rule(rules);
    assertTrue(one.found().contains("1366, 2341"), one::toString);
    assertTrue(one.remedy().contains("ATTR{idVendor}==\"1366\""), one::toString);
    Files.writeString(rules.resolve("60.rules"), "\"1366\" \"2341\"\n");
    assertEquals(Check.State.OK, rule(rules).state());
  }

  @Test
  void aPortInUseIsNamedWithTheProcess() throws Exception {
    try (PtyPair pair = PtyPair.open(folder, "line")) {
      tree.plug("1-2", "AAA111", "ttyACM0", pair.hostEnd().toRealPath());
      try (Link held = SerialLink.open(pair.hostEnd(), List.of(115_200))) {
        assertEquals(0, held.read(new byte[1], java.time.Duration.ofMillis(1)));
        assertTrue(board().found().contains("pid " + ProcessHandle.current().pid()));
      }
    }
  }

  private Check board() {
    List<Check> checks = new DeskDoctor(new ExecRunner(), boards, attached, List.of()).examine();
    return checks.get(checks.size() - 1);
  }

  private Check rule(Path rules) {
    return new DeskDoctor(new BareMachine(), boards, attached, List.of(rules))
        .examine().stream()
            .filter(check -> check.name().equals("udev rules"))
            .findFirst()
            .orElseThrow();
  }
}
