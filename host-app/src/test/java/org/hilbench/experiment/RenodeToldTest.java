package org.hilbench.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.hilbench.board.BoardProfiles;
import org.hilbench.board.ShippedBoards;
import org.hilbench.desk.BoardRows;
import org.hilbench.desk.Desk;
import org.hilbench.desk.Home;
import org.hilbench.device.Renode;
import org.hilbench.exec.ExecRunner;
import org.hilbench.lab.LabFile;
import org.hilbench.serial.SysfsTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Renode is told of where it is installed, and what it would run where it is not. */
class RenodeToldTest {
  private final ExecRunner runner = new ExecRunner();

  @TempDir Path folder;

  @Test
  void theRecordOfASearchNamesItsVersionOnlyWhereItIsInstalled() throws Exception {
    assertEquals("1.16.1", tools(installed("Renode v1.16.1.12345")).get("renode"));
    assertEquals("unknown", tools(installed("cannot load")).get("renode"));
    assertFalse(tools(absent()).containsKey("renode"));
    assertTrue(tools(absent()).get("java").startsWith(Runtime.version().feature() + "."));
  }

  @Test
  void theListOfBoardsSaysWhoseOwnImageItRuns() throws Exception {
    BoardRows with = rows(installed("Renode v1.16.1.12345"));
    assertEquals(Optional.of("1.16.1"), with.renode());
    String line = with.lines().get(with.lines().size() - 1);
    assertTrue(line.startsWith("Renode 1.16.1 runs the own image, with --on renode, of: "), line);
    assertTrue(line.contains("stm32f4-discovery") && line.contains("nrf52840dk"), line);
    assertFalse(line.contains("mps2-an386") || line.contains("nucleo-l4r5zi"), line);
    BoardRows.Known f4 =
        with.known().stream()
            .filter(row -> row.id().equals("stm32f4-discovery"))
            .findFirst()
            .orElseThrow();
    assertEquals(Optional.of("platforms/cpus/stm32f4.repl"), f4.renode());
  }

  @Test
  void whereItIsNotInstalledTheListSaysWhatItWouldRun() throws Exception {
    BoardRows without = rows(absent());
    assertEquals(Optional.empty(), without.renode());
    String line = without.lines().get(without.lines().size() - 1);
    assertTrue(line.contains("not installed (hilbench doctor)"), line);
    assertTrue(line.contains("would run the own image of: ") && line.contains("nrf52840dk"), line);
  }

  private Map<String, String> tools(Map<String, String> environment) {
    SearchSettings settings = SearchSettings.DEFAULTS;
    return new Origin(home(), runner, environment).provenance(settings).tools();
  }

  private BoardRows rows(Map<String, String> environment) throws Exception {
    BoardProfiles boards = BoardProfiles.load(ShippedBoards.directory());
    Desk desk =
        Desk.read(
            new LabFile(folder.resolve("lab.yaml")),
            new SysfsTree(folder.resolve("root")).devices(),
            boards);
    return BoardRows.of(home(), boards, desk, runner, environment);
  }

  private Home home() {
    return new Home(ShippedBoards.directory().resolveSibling("."), folder);
  }

  private Map<String, String> installed(String version) throws Exception {
    Path program = Files.writeString(folder.resolve("renode"), "#!/bin/sh\necho " + version + "\n");
    assertTrue(program.toFile().setExecutable(true));
    return Map.of(Renode.VARIABLE, program.toString());
  }

  private Map<String, String> absent() {
    return Map.of(Renode.VARIABLE, folder.resolve("none").toString());
  }
}
