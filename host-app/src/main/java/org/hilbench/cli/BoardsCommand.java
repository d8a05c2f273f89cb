package org.hilbench.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.hilbench.BenchException;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.Memory;
import org.hilbench.board.Simulator;
import org.hilbench.exec.ExecRunner;
import org.hilbench.firmware.FirmwareBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hilbench boards}. */
@Command(
    name = "boards",
    description = "Lists the known boards and what each would be measured on.",
    mixinStandardHelpOptions = true)
final class BoardsCommand implements Callable<Integer> {
  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  /** A line of the list, and its JSON form. */
  record Row(
      String id, String name, String core, long flashBytes, long ramBytes, String measuredOn) {}

  @Override
  public Integer call() throws BenchException {
    boolean qemu = new ExecRunner().find("qemu-system-arm").isPresent();
    Home home = Home.locate();
    List<Row> rows =
        home.boards().all().stream()
            .map(board -> row(board, measuredOn(home, board, qemu)))
            .toList();
    if (json) {
      System.out.println(Json.text(rows));
      return ExitCode.OK;
    }
    String format = "%-20s %-12s %10s %10s  %s%n";
    System.out.printf(format, "board", "core", "flash", "RAM", "measured on");
    for (Row row : rows) {
      System.out.printf(
          format,
          row.id,
          row.core,
          kibibytes(row.flashBytes),
          kibibytes(row.ramBytes),
          row.measuredOn);
    }
    System.out.println("No serial boards are looked for yet: every number comes from a simulator.");
    return ExitCode.OK;
  }

  private static Row row(BoardProfile board, String measuredOn) {
    return new Row(
        board.id(),
        board.name(),
        board.core().cpu(),
        total(board, Memory.Role.FLASH),
        total(board, Memory.Role.RAM),
        measuredOn);
  }

  private static long total(BoardProfile board, Memory.Role role) {
    return board.memories().stream()
        .filter(memory -> memory.role() == role)
        .mapToLong(Memory::size)
        .sum();
  }

  private static String measuredOn(Home home, BoardProfile board, boolean qemu) {
    if (!FirmwareBuilder.hasTarget(home.firmwareTemplates(), board)) {
      return "nothing: its firmware is to come";
    }
    return board.simulators().stream()
        .filter(simulator -> qemu && simulator.engine() == Simulator.Engine.QEMU)
        .findFirst()
        .map(
            simulator ->
                "QEMU "
                    + simulator.machine()
                    + (simulator.standIn() ? " (stand-in, simulated)" : " (simulated)"))
        .orElse(qemu ? "nothing here" : "nothing: qemu-system-arm is missing, see hilbench doctor");
  }

  private static String kibibytes(long bytes) {
    return bytes / 1024 + " KiB";
  }
}
