package org.hilbench.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hilbench.BenchException;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.Memory;
import org.hilbench.board.Simulator;
import org.hilbench.exec.ExecRunner;
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

  @Override
  public Integer call() throws BenchException {
    boolean qemu = new ExecRunner().find("qemu-system-arm").isPresent();
    List<Map<String, Object>> rows =
        Home.locate().boards().all().stream().map(board -> row(board, qemu)).toList();
    if (json) {
      System.out.println(Json.text(rows));
      return ExitCode.OK;
    }
    System.out.printf(
        "%-20s %-12s %10s %10s  %s%n", "board", "core", "flash", "RAM", "measured on");
    rows.forEach(
        row ->
            System.out.printf(
                "%-20s %-12s %10s %10s  %s%n",
                row.get("id"),
                row.get("core"),
                kibibytes(row.get("flashBytes")),
                kibibytes(row.get("ramBytes")),
                row.get("measuredOn")));
    System.out.println("No serial boards are looked for yet: every number comes from a simulator.");
    return ExitCode.OK;
  }

  private static Map<String, Object> row(BoardProfile board, boolean qemu) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", board.id());
    row.put("name", board.name());
    row.put("core", board.core().cpu());
    row.put("flashBytes", total(board, Memory.Role.FLASH));
    row.put("ramBytes", total(board, Memory.Role.RAM));
    row.put("measuredOn", measuredOn(board, qemu));
    return row;
  }

  private static long total(BoardProfile board, Memory.Role role) {
    return board.memories().stream()
        .filter(memory -> memory.role() == role)
        .mapToLong(Memory::size)
        .sum();
  }

  private static String measuredOn(BoardProfile board, boolean qemu) {
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

  private static String kibibytes(Object bytes) {
    return ((Number) bytes).longValue() / 1024 + " KiB";
  }
}
