package org.hilbench.desk;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hilbench.BenchException;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.BoardProfiles;
import org.hilbench.board.Memory;
import org.hilbench.board.Simulator;
import org.hilbench.device.Renode;
import org.hilbench.exec.CommandRunner;
import org.hilbench.firmware.FirmwareBuilder;
import org.hilbench.flash.BoardFlasher;
import org.hilbench.lab.Adopted;
import org.hilbench.lab.AttachedBoard;
import org.hilbench.lab.Probe;
import org.hilbench.measure.MeasurementJob;

/**
 * What {@code hilbench boards} lists, and its JSON form.
 *
 * @param attached probes that are plugged in
 * @param known every profile
 * @param renode version of the installed Renode; absent where there is none
 */
public record BoardRows(List<Attached> attached, List<Known> known, Optional<String> renode) {

  /**
   * @param flashTool the program that would flash it; absent where none is installed
   * @param adopted whether hilbench may write to it
   */
  public record Attached(
      Optional<String> board,
      List<String> mayBe,
      String usb,
      Optional<String> probe,
      String product,
      Optional<String> port,
      Optional<String> flashTool,
      boolean adopted) {}

  /**
   * @param measuredOn what a measurement would run on now
   * @param renode Renode's platform that runs the board's own image with {@code --on renode};
   *     absent where the profile names none, or not its serial port there
   */
  public record Known(
      String id,
      String name,
      String core,
      long flashBytes,
      long ramBytes,
      String measuredOn,
      Optional<String> renode) {}

  /**
   * @param environment variables, which may name Renode
   */
  public static BoardRows of(
      Home home,
      BoardProfiles boards,
      Desk desk,
      CommandRunner runner,
      Map<String, String> environment) {
    BoardFlasher flasher = desk.flasher(runner);
    boolean qemu = runner.find("qemu-system-arm").isPresent();
    return new BoardRows(
        desk.attached().list().stream().map(found -> attached(found, flasher)).toList(),
        boards.all().stream().map(board -> known(home, board, desk, qemu)).toList(),
        renode(runner, environment));
  }

  private static Optional<String> renode(CommandRunner runner, Map<String, String> environment) {
    try {
      return Optional.of(Renode.find(runner, environment).version());
    } catch (BenchException e) {
      return Optional.empty();
    }
  }

  private static Attached attached(AttachedBoard found, BoardFlasher flasher) {
    Optional<BoardProfile> board = found.adopted().map(Adopted::board);
    List<BoardProfile> mayBe = found.candidates();
    return new Attached(
        board.map(BoardProfile::id),
        board.isPresent() ? List.of() : mayBe.stream().map(BoardProfile::id).toList(),
        String.format(
            Locale.ROOT, "%04x:%04x", found.device().vendor(), found.device().productId()),
        found.probe().map(Probe::serial),
        found.device().product(),
        found.port().map(Path::toString),
        board.or(() -> mayBe.stream().findFirst()).flatMap(it -> tool(flasher, it)),
        board.isPresent());
  }

  private static Optional<String> tool(BoardFlasher flasher, BoardProfile board) {
    try {
      String executable = flasher.tool(board).tool().executable();
      return Optional.of(executable.isEmpty() ? "copy to its drive" : executable);
    } catch (BenchException e) {
      return Optional.empty();
    }
  }

  private static Known known(Home home, BoardProfile board, Desk desk, boolean qemu) {
    return new Known(
        board.id(),
        board.name(),
        board.core().cpu(),
        total(board, Memory.Role.FLASH),
        total(board, Memory.Role.RAM),
        measuredOn(home, board, desk, qemu),
        simulator(board, Simulator.Engine.RENODE)
            .filter(one -> one.uart().isPresent())
            .map(Simulator::machine));
  }

  private static long total(BoardProfile board, Memory.Role role) {
    return board.memories().stream()
        .filter(memory -> memory.role() == role)
        .mapToLong(Memory::size)
        .sum();
  }

  /**
   * A line a board: what a search measures it on.
   *
   * @param on what was decided, by id of the board
   */
  public static List<String> places(Home home, BoardProfiles boards, Map<String, String> on)
      throws BenchException {
    Desk desk = Desk.read(home, boards);
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, String> decided : on.entrySet()) {
      BoardProfile board = boards.find(decided.getKey());
      lines.add(board.id() + " is measured on " + place(board, desk, decided.getValue()));
    }
    return lines;
  }

  private static String place(BoardProfile board, Desk desk, String on) {
    Optional<String> port = boardAt(board, desk);
    if (on.equals(MeasurementJob.ON_BOARD)) {
      return port.orElse("the board");
    }
    return simulator(board, Simulator.Engine.QEMU).map(BoardRows::machine).orElse(on)
        + port.map(at -> "; " + at + " was not there when the search began, it is left alone")
            .orElse("");
  }

  private static Optional<String> boardAt(BoardProfile board, Desk desk) {
    return desk.attached().adopted(board).stream()
        .findFirst()
        .map(one -> "the board at " + one.port().map(Path::toString).orElse("no port (!)"));
  }

  private static Optional<Simulator> simulator(BoardProfile board, Simulator.Engine engine) {
    return board.simulators().stream().filter(one -> one.engine() == engine).findFirst();
  }

  private static String measuredOn(Home home, BoardProfile board, Desk desk, boolean qemu) {
    if (!FirmwareBuilder.hasTarget(home.firmwareTemplates(), board)) {
      return "nothing: its firmware is to come";
    }
    Optional<String> attached = boardAt(board, desk);
    if (attached.isPresent()) {
      return attached.get();
    }
    if (!qemu) {
      return "nothing: qemu-system-arm is missing, see hilbench doctor";
    }
    return simulator(board, Simulator.Engine.QEMU).map(BoardRows::machine).orElse("nothing here");
  }

  private static String machine(Simulator simulator) {
    return "QEMU "
        + simulator.machine()
        + (simulator.standIn() ? " (stand-in, simulated)" : " (simulated)");
  }

  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (attached.isEmpty()) {
      lines.add("no board is plugged in: every number comes from a simulator");
    } else {
      lines.add(
          String.format(
              Locale.ROOT,
              "%-20s %-10s %-26s %-14s %-12s %s",
              "plugged in",
              "usb",
              "probe",
              "port",
              "flashed by",
              "adopted"));
      attached.forEach(row -> lines.add(line(row)));
    }
    lines.add("");
    String format = "%-20s %-12s %10s %10s  %s";
    lines.add(String.format(Locale.ROOT, format, "known", "core", "flash", "RAM", "measured on"));
    for (Known row : known) {
      lines.add(
          String.format(
              Locale.ROOT,
              format,
              row.id,
              row.core,
              row.flashBytes / 1024 + " KiB",
              row.ramBytes / 1024 + " KiB",
              row.measuredOn));
    }
    lines.add("");
    lines.add(onRenode());
    return lines;
  }

  private String onRenode() {
    String boards =
        known.stream()
            .filter(row -> row.renode.isPresent())
            .map(Known::id)
            .collect(Collectors.joining(", "));
    return renode
        .map(
            version -> "Renode " + version + " runs the own image, with --on renode, of: " + boards)
        .orElse(
            "with Renode, which is not installed (hilbench doctor), --on renode would run the own"
                + " image of: "
                + boards);
  }

  private static String line(Attached row) {
    return String.format(
        Locale.ROOT,
        "%-20s %-10s %-26s %-14s %-12s %s",
        row.board.orElse("?"),
        row.usb,
        row.probe.orElse("no serial number"),
        row.port.orElse("none"),
        row.flashTool.orElse("none"),
        row.adopted
            ? "yes"
            : "no, left alone; may be "
                + String.join(" or ", row.mayBe)
                + ": hilbench boards --adopt");
  }
}
