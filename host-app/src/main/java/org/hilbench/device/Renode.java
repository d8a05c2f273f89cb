package org.hilbench.device;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.exec.Command;
import org.hilbench.exec.CommandResult;
import org.hilbench.exec.CommandRunner;
import org.hilbench.exec.Repeated;

/** The installed Renode. */
public final class Renode {
  /** Environment variable that names the program where it is not on PATH. */
  public static final String VARIABLE = "RENODE";

  /** How it is installed; no package of the distribution has it. */
  public static final String REMEDY =
      "unpack the portable archive of https://github.com/renode/renode/releases, then: export "
          + VARIABLE
          + "=/path/to/renode";

  private static final String PROGRAM = "renode";
  private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+(\\.\\d+)?");

  private final CommandRunner runner;
  private final String program;
  private final String version;

  private Renode(CommandRunner runner, String program, String version) {
    this.runner = runner;
    this.program = program;
    this.version = version;
  }

  /** The program to look for: what {@link #VARIABLE} names, else {@code renode} on PATH. */
  public static String program(Map<String, String> environment) {
    return Optional.ofNullable(environment.get(VARIABLE))
        .filter(named -> !named.isBlank())
        .orElse(PROGRAM);
  }

  /**
   * Asks the program for its version.
   *
   * @throws BenchException (ENVIRONMENT) if it is absent or tells none
   */
  public static Renode find(CommandRunner runner, Map<String, String> environment)
      throws BenchException {
    String program = program(environment);
    if (runner.find(program).isEmpty()) {
      throw unusable(
          program.equals(PROGRAM)
              ? "renode was not found on PATH, nor named by " + VARIABLE
              : VARIABLE + "=" + program + " is no program that can be started");
    }
    CommandResult result =
        Repeated.run(
            runner,
            Command.of(program, "--version")
                .withTimeout(Duration.ofMinutes(1))
                .withStage(Stage.RUN),
            failed -> !failed.ending().bySignal());
    Matcher matcher = VERSION.matcher(result.stdout());
    if (!matcher.find()) {
      throw unusable("'" + program + " --version' told no version: " + result.tail());
    }
    return new Renode(runner, program, matcher.group());
  }

  private static BenchException unusable(String what) {
    return new BenchException(
        Stage.RUN, BenchException.Kind.ENVIRONMENT, what + "; it simulates boards. " + REMEDY);
  }

  public String version() {
    return version;
  }

  CommandRunner runner() {
    return runner;
  }

  /**
   * Runs the script without windows, with nothing of the user's settings.
   *
   * @param monitorPort where its Monitor listens, which nobody uses; without it, it would read
   *     commands from standard input
   */
  Command command(RenodeFiles files, int monitorPort, Duration lifetime) {
    return Command.of(
            List.of(
                program,
                "--disable-gui",
                "-P",
                Integer.toString(monitorPort),
                "--plain",
                "--hide-log",
                "--pid-file",
                files.pid().toString(),
                "--config",
                files.config().toString(),
                files.script().toString()))
        .withDirectory(files.folder())
        .withTimeout(lifetime)
        .withStage(Stage.RUN);
  }
}
