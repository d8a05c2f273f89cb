package org.hilbench.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hilbench.BenchException;
import org.hilbench.board.BoardProfiles;
import org.hilbench.board.FlashTool;
import org.hilbench.exec.Command;
import org.hilbench.exec.CommandResult;
import org.hilbench.exec.CommandRunner;
import org.hilbench.lab.AttachedBoard;
import org.hilbench.lab.AttachedBoards;
import org.hilbench.serial.Holders;

/** Looks at what boards on this desk need: flash tools, permissions, ports that nobody holds. */
public final class DeskDoctor {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final CommandRunner runner;
  private final BoardProfiles boards;
  private final AttachedBoards attached;
  private final List<Path> ruleFolders;

  /**
   * @param ruleFolders where udev's rules are
   */
  public DeskDoctor(
      CommandRunner runner, BoardProfiles boards, AttachedBoards attached, List<Path> ruleFolders) {
    this.runner = runner;
    this.boards = boards;
    this.attached = attached;
    this.ruleFolders = List.copyOf(ruleFolders);
  }

  /** Where udev keeps its rules. */
  public static List<Path> udevRules() {
    return List.of(
        Path.of("/etc/udev/rules.d"),
        Path.of("/run/udev/rules.d"),
        Path.of("/usr/lib/udev/rules.d"));
  }

  /** Runs all checks; what a desk lacks is a warning, since simulated boards need none of it. */
  public List<Check> examine() {
    List<Check> checks = new ArrayList<>();
    for (FlashTool.Program tool : FlashTool.Program.values()) {
      if (!tool.executable().isEmpty()) {
        checks.add(flashTool(tool));
      }
    }
    checks.add(serialGroup());
    checks.add(udevRule());
    attached.list().stream().map(DeskDoctor::board).forEach(checks::add);
    return checks;
  }

  private Check flashTool(FlashTool.Program tool) {
    String program = tool.executable();
    if (runner.find(program).isEmpty()) {
      return Check.warning(program, "not found on PATH: no board is flashed by it", install(tool));
    }
    if (tool == FlashTool.Program.JLINK) {
      return Check.ok(program, "found; it tells its version to a probe only");
    }
    try {
      CommandResult result = runner.run(Command.of(program, "--version").withTimeout(PATIENCE));
      Optional<String> version = Doctor.version(result.stdout() + " " + result.stderr());
      return version.isPresent()
          ? Check.ok(program, version.get())
          : Check.warning(program, "does not tell its version: " + result.tail(), install(tool));
    } catch (BenchException e) {
      return Check.warning(program, e.getMessage(), install(tool));
    }
  }

  private static String install(FlashTool.Program tool) {
    return switch (tool) {
      case OPENOCD -> "sudo apt-get install openocd";
      case ST_FLASH -> "sudo apt-get install stlink-tools";
      case PYOCD -> "sudo apt-get install pipx && pipx install pyocd";
      case PROBE_RS -> "cargo install --locked probe-rs-tools";
      case STM32_PROGRAMMER ->
          "xdg-open https://www.st.com/en/development-tools/stm32cubeprog.html";
      case NRFJPROG, NRFUTIL -> "xdg-open https://www.nordicsemi.com/Products/Development-tools";
      case JLINK -> "xdg-open https://www.segger.com/downloads/jlink";
      case COPY -> "";
    };
  }

  private Check serialGroup() {
    String name = "serial ports";
    if (runner.find("id").isEmpty()) {
      return Check.warning(name, "no program 'id' tells the groups", "apt-get install coreutils");
    }
    try {
      String groups = runner.run(Command.of("id", "-nG").withTimeout(PATIENCE)).stdout().strip();
      List<String> mine = List.of(groups.split("\\s+"));
      return mine.contains("dialout") || mine.contains("root")
          ? Check.ok(name, "in the groups " + groups)
          : Check.warning(
              name, "not in the group dialout", "sudo usermod -aG dialout $USER; log in again");
    } catch (BenchException e) {
      return Check.warning(name, e.getMessage(), "id -nG");
    }
  }

  /** Whether some rule names each vendor of the profiles' probes. */
  private Check udevRule() {
    TreeSet<String> missing = new TreeSet<>();
    boards.all().stream()
        .flatMap(board -> board.usb().stream())
        .forEach(usb -> missing.add(usb.toString().substring(0, 4)));
    for (Path folder : ruleFolders) {
      for (Path rule : files(folder)) {
        missing.removeIf(vendor -> mentions(rule, vendor));
      }
    }
    if (missing.isEmpty()) {
      return Check.ok("udev rules", "the probes of all profiles are named");
    }
    String rules =
        String.join(
            "\\n",
            missing.stream()
                .map(it -> "SUBSYSTEM==\"usb\", ATTR{idVendor}==\"" + it + "\", MODE=\"0666\"")
                .toList());
    return Check.warning(
        "udev rules",
        "none names the probes of vendor " + String.join(", ", missing) + ": flashing needs root",
        "printf '"
            + rules
            + "\\n' | sudo tee /etc/udev/rules.d/60-hilbench.rules && sudo udevadm control --reload"
            + " && sudo udevadm trigger");
  }

  private static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static boolean mentions(Path rule, String vendor) {
    try {
      return Files.readString(rule).contains("\"" + vendor + "\"");
    } catch (IOException e) {
      return false;
    }
  }

  private static Path real(Path port) {
    try {
      return port.toRealPath();
    } catch (IOException e) {
      return port; // unplugged in between
    }
  }

  private static Check board(AttachedBoard board) {
    String name = "board " + board.device();
    if (board.port().isEmpty()) {
      return Check.warning(name, "has no serial port", "sudo modprobe cdc_acm");
    }
    Path port = board.port().get();
    if (!Files.isReadable(port) || !Files.isWritable(port)) {
      return Check.warning(
          name, "no permission on " + port, "sudo usermod -aG dialout $USER; log in again");
    }
    List<String> holders = Holders.of(real(port));
    return holders.isEmpty()
        ? Check.ok(name, port + ", nobody holds it")
        : Check.warning(
            name, port + " is held by " + String.join(", ", holders), "fuser -k " + port);
  }
}
