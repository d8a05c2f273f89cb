package org.hilbench.device;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.exec.Command;
import org.hilbench.exec.CommandResult;
import org.hilbench.exec.CommandRunner;
import org.hilbench.exec.Repeated;

/** The installed {@code qemu-system-arm}, found and old enough. */
public final class Qemu {
  private static final String PROGRAM = "qemu-system-arm";
  private static final Pattern VERSION =
      Pattern.compile("version (\\d{1,4})\\.(\\d{1,4})(\\.\\d+)?");
  private static final int OLDEST_MAJOR = 6;

  /** One instruction is 2^6 = 64 ns of simulated time: exact counts at the machines' timers. */
  static final double SECONDS_PER_INSTRUCTION = 64e-9;

  private static final String ICOUNT = "shift=6,sleep=off";

  private final CommandRunner runner;
  private final String program;
  private final String version;

  private Qemu(CommandRunner runner, String program, String version) {
    this.runner = runner;
    this.program = program;
    this.version = version;
  }

  /**
   * Asks the program on PATH for its version.
   *
   * @throws BenchException (ENVIRONMENT) if it is absent or too old
   */
  public static Qemu find(CommandRunner runner) throws BenchException {
    return find(runner, PROGRAM);
  }

  /** Likewise, for a program of another name or path. */
  public static Qemu find(CommandRunner runner, String program) throws BenchException {
    if (runner.find(program).isEmpty()) {
      throw unusable(program + " was not found on PATH; it simulates the boards");
    }
    CommandResult result =
        Repeated.run(runner, question(program), failed -> !failed.ending().bySignal());
    Matcher matcher = VERSION.matcher(result.stdout());
    if (!matcher.find()) {
      throw unusable("'" + program + " --version' told no version: " + result.tail());
    }
    String version = matcher.group(1) + "." + matcher.group(2);
    if (Integer.parseInt(matcher.group(1)) < OLDEST_MAJOR) {
      throw unusable(program + " " + version + " is too old; " + OLDEST_MAJOR + ".0 is needed");
    }
    return new Qemu(runner, program, version);
  }

  /** What {@link #find(CommandRunner)} asks. */
  public static Command question() {
    return question(PROGRAM);
  }

  private static Command question(String program) {
    return Command.of(program, "--version")
        .withTimeout(Duration.ofSeconds(20))
        .withStage(Stage.RUN);
  }

  private static BenchException unusable(String what) {
    return new BenchException(
        Stage.RUN,
        BenchException.Kind.ENVIRONMENT,
        what + "; run scripts/setup, or: sudo apt-get install qemu-system-arm");
  }

  public String version() {
    return version;
  }

  CommandRunner runner() {
    return runner;
  }

  /** Runs the ELF on the machine, its first serial port on the socket that we listen on. */
  Command command(String machine, Path elf, Path socket, Duration lifetime) {
    return Command.of(
            List.of(
                program,
                "-M",
                machine,
                "-display",
                "none",
                "-monitor",
                "none",
                "-icount",
                ICOUNT,
                "-chardev",
                "socket,id=line,path=" + socket,
                "-serial",
                "chardev:line",
                "-kernel",
                elf.toString()))
        .withTimeout(lifetime)
        .withStage(Stage.RUN);
  }
}
