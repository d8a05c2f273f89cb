package org.hilbench.flash;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.hilbench.BenchException;
import org.hilbench.Printable;
import org.hilbench.Stage;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.FlashTool;
import org.hilbench.exec.Command;
import org.hilbench.exec.CommandResult;
import org.hilbench.exec.CommandRunner;
import org.hilbench.lab.Adopted;
import org.hilbench.lab.Probe;

/**
 * Flashes images with the first tool of the profile that is installed. The image is checked whole
 * before a tool is started. Not to be used for one probe by two threads.
 */
public final class BoardFlasher {
  private static final Duration TIME_OUT = Duration.ofSeconds(90);

  private final CommandRunner runner;
  private final Map<FlashTool.Program, Flasher> flashers;
  private final Supplier<List<Probe>> attached;
  private final Duration timeout;

  /**
   * @param attached the probes that are plugged in now, for messages
   */
  public BoardFlasher(CommandRunner runner, Supplier<List<Probe>> attached) {
    this(runner, Flashers.installed(), attached, TIME_OUT);
  }

  BoardFlasher(
      CommandRunner runner,
      List<Flasher> flashers,
      Supplier<List<Probe>> attached,
      Duration timeout) {
    this.runner = runner;
    this.flashers = flashers.stream().collect(Collectors.toMap(Flasher::program, f -> f));
    this.attached = attached;
    this.timeout = timeout;
  }

  /**
   * The tool that would flash this board here.
   *
   * @throws BenchException of kind ENVIRONMENT that names the tools that would do
   */
  public FlashTool tool(BoardProfile board) throws BenchException {
    return board.flash().stream()
        .filter(this::installed)
        .findFirst()
        .orElseThrow(() -> noTool(board));
  }

  /**
   * Checks {@code elf}, writes it, verifies it and starts it.
   *
   * @param to the board, whose user has said that it may be written to
   * @param folder for the image's other forms; it must outlive the call only
   * @throws FlashException with what the tool's failure means
   * @throws BenchException if the image is not fit for the board or no tool is installed
   */
  public void flash(Adopted to, Path elf, Path folder) throws BenchException {
    BoardProfile board = to.board();
    FlashImage image = FlashImage.of(elf, board, folder);
    FlashJob job = new FlashJob(board, tool(board), image, to.probe());
    Flasher flasher = flasher(job.tool());
    prepare(flasher, job);
    for (Command command : flasher.commands(job)) {
      run(flasher, job, command.withTimeout(timeout).withStage(Stage.FLASH));
    }
  }

  private void run(Flasher flasher, FlashJob job, Command command) throws BenchException {
    CommandResult result;
    try {
      result = runner.run(command);
    } catch (BenchException e) {
      if (e.kind() == BenchException.Kind.ENVIRONMENT) {
        throw e;
      }
      throw failure(job, Trouble.HALF_WRITTEN, List.of(String.valueOf(e.getMessage())));
    }
    if (!flasher.succeeded(job, result)) {
      throw failure(job, diagnose(flasher, result), result.lastLines());
    }
  }

  static Trouble diagnose(Flasher flasher, CommandResult result) {
    String said = result.stdout() + "\n" + result.stderr();
    return flasher.symptoms().stream()
        .filter(symptom -> symptom.words().matcher(said).find())
        .findFirst()
        .or(
            () ->
                flasher.signsOfWriting().stream()
                    .filter(sign -> sign.words().matcher(said).find())
                    .findFirst())
        .map(Symptom::trouble)
        .orElse(Trouble.UNKNOWN);
  }

  private FlashException failure(FlashJob job, Trouble trouble, List<String> said) {
    return new FlashException(
        trouble,
        Printable.block(
            job.board().id()
                + " could not be flashed by "
                + job.tool().tool().executable()
                + ": "
                + trouble.sentence(job, attached.get())
                + "; it said:",
            said.stream()));
  }

  private boolean installed(FlashTool tool) {
    return flashers.containsKey(tool.tool()) && runner.find(flasher(tool).executable()).isPresent();
  }

  private Flasher flasher(FlashTool tool) {
    Flasher flasher = flashers.get(tool.tool());
    if (flasher == null) {
      throw new IllegalArgumentException("no flasher for " + tool.tool());
    }
    return flasher;
  }

  private static void prepare(Flasher flasher, FlashJob job) throws BenchException {
    try {
      flasher.prepare(job);
    } catch (IOException e) {
      throw new BenchException(
          Stage.FLASH,
          BenchException.Kind.ENVIRONMENT,
          "cannot write beside " + job.image().hex() + ": " + e,
          e);
    }
  }

  private static BenchException noTool(BoardProfile board) {
    String tools =
        board.flash().stream()
            .map(tool -> tool.tool().executable())
            .filter(name -> !name.isEmpty())
            .collect(Collectors.joining(", "));
    return new BenchException(
        Stage.FLASH,
        BenchException.Kind.ENVIRONMENT,
        tools.isEmpty()
            ? board.id() + " has no flash tool: it is only simulated"
            : "none of the tools that can flash "
                + board.id()
                + " is installed: "
                + tools
                + "; on Debian: sudo apt-get install openocd");
  }
}
