package org.hilbench.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hilbench.BenchException;
import org.hilbench.board.BoardProfiles;
import org.hilbench.exec.Command;
import org.hilbench.exec.CommandResult;
import org.hilbench.exec.CommandRunner;
import org.hilbench.exec.ExecRunner;
import org.hilbench.exec.RunningCommand;
import org.hilbench.testkit.SharedData;

/**
 * A board on the desk whose silicon is QEMU: OpenOCD's command puts the image on it and starts it,
 * and it talks over a pseudo-terminal. Every other program is the real one.
 */
final class DeskBoard implements CommandRunner, AutoCloseable {
  private static final Pattern IMAGE = Pattern.compile("program \\{(.*)} verify reset exit");
  private static final Pattern SERIAL = Pattern.compile("adapter serial (\\S+)");

  private final ExecRunner real = new ExecRunner();
  private final Path boardEnd;
  private final List<String> flashed = new ArrayList<>();
  private Optional<RunningCommand> silicon = Optional.empty();
  private Runnable whenFlashed = () -> {};

  /** The simulated MPS2 as a product: with a probe, a flash tool and a serial line of its own. */
  static BoardProfiles profiles(Path folder) throws IOException, BenchException {
    Path shipped = SharedData.repository().resolve("board-profiles/mps2-an386/board.yaml");
    String yaml = Files.readString(shipped);
    Path profiles = folder.resolve("profiles");
    Files.createDirectories(profiles.resolve("mps2-an386"));
    Files.copy(shipped, profiles.resolve("mps2-an386/board.yaml"));
    Files.writeString(
        Files.createDirectories(profiles.resolve("desk")).resolve("board.yaml"),
        yaml.replace("id: mps2-an386", "id: desk")
            .replace("usb: []", "usb: ['0483:374b']")
            .replace("flash: []", "flash: [{tool: openocd, options: {config: board/desk.cfg}}]")
            .replace("machine: mps2-an386}", "machine: mps2-an386, board: mps2-an386}"));
    return BoardProfiles.load(profiles);
  }

  /**
   * @param boardEnd the board's end of its serial line
   */
  DeskBoard(Path boardEnd) {
    this.boardEnd = boardEnd;
  }

  /** What happens to the board as soon as an image is on it. */
  void whenFlashed(Runnable happens) {
    whenFlashed = happens;
  }

  /** Serial numbers of the probes that images were written through, in order. */
  List<String> flashed() {
    return flashed;
  }

  @Override
  public CommandResult run(Command command) throws BenchException {
    if (!command.program().equals("openocd")) {
      return real.run(command);
    }
    String words = command.toString();
    flashed.add(found(SERIAL, words));
    power(Path.of(found(IMAGE, words)));
    whenFlashed.run();
    return new CommandResult(command, 0, "", "** Verified OK **", Duration.ofMillis(1));
  }

  private void power(Path image) throws BenchException {
    close();
    try {
      Path flash =
          Files.copy(
              image,
              Files.createTempFile(boardEnd.getParent(), "flash", ".elf"),
              java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      silicon =
          Optional.of(
              real.start(
                  Command.of(
                      "qemu-system-arm",
                      "-M",
                      "mps2-an386",
                      "-display",
                      "none",
                      "-monitor",
                      "none",
                      "-icount",
                      "shift=6,sleep=off",
                      "-chardev",
                      "serial,id=line,path=" + boardEnd,
                      "-serial",
                      "chardev:line",
                      "-kernel",
                      flash.toString())));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String found(Pattern pattern, String words) {
    Matcher matcher = pattern.matcher(words);
    if (!matcher.find()) {
      throw new IllegalStateException(words + " has no " + pattern);
    }
    return matcher.group(1);
  }

  @Override
  public RunningCommand start(Command command) throws BenchException {
    return real.start(command);
  }

  @Override
  public Optional<Path> find(String program) {
    return program.equals("openocd")
        ? Optional.of(Path.of("/usr/bin/openocd"))
        : real.find(program);
  }

  /** Takes its power away. */
  @Override
  public void close() {
    silicon.ifPresent(RunningCommand::close);
    silicon = Optional.empty();
  }
}
