package org.hilbench.tests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Runs the launcher of this checkout as a user would. */
final class Program {
  static final Path ROOT = root();

  /**
   * Before a command: what a parent ignored, as nohup and the background of a script do, is at its
   * default again. A shell cannot do that; Perl is on every Debian and Ubuntu.
   */
  static final List<String> DEFAULT_SIGNALS =
      List.of(
          "perl",
          "-e",
          "$SIG{$_} = 'DEFAULT' for qw(HUP INT QUIT TERM PIPE); exec @ARGV or die $!");

  private Program() {}

  /** How a run ended and what it printed. */
  record Result(int exitCode, String stdout, String stderr) {
    JsonNode json() throws IOException {
      return new ObjectMapper().readTree(stdout);
    }
  }

  static Result run(String... arguments) throws Exception {
    return run(Map.of(), arguments);
  }

  /** With these environment variables beside the own ones. */
  static Result run(Map<String, String> environment, String... arguments) throws Exception {
    return run(environment, launcher(arguments));
  }

  /** Runs any command to its end. */
  static Result run(List<String> command) throws Exception {
    return run(Map.of(), command);
  }

  private static Result run(Map<String, String> environment, List<String> command)
      throws Exception {
    Path out = Files.createTempFile("hilbench", ".out");
    Path err = Files.createTempFile("hilbench", ".err");
    Process process = start(environment, command, out, err);
    if (!process.waitFor(10, TimeUnit.MINUTES)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new AssertionError("no end after 10 minutes: " + String.join(" ", command));
    }
    Result result = new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    Files.delete(out);
    Files.delete(err);
    return result;
  }

  /** Starts without waiting; the launcher becomes the Java process, so a signal reaches that. */
  static Running start(Path log, String... arguments) throws IOException {
    return new Running(start(Map.of(), launcher(arguments), log, log), log);
  }

  private static List<String> launcher(String... arguments) {
    List<String> command = new ArrayList<>(DEFAULT_SIGNALS);
    command.add(ROOT.resolve("hilbench").toString());
    command.addAll(List.of(arguments));
    return command;
  }

  /** Starts any command, without a terminal. */
  static Process start(List<String> command, Path out, Path err) throws IOException {
    return start(Map.of(), command, out, err);
  }

  /** The launcher likewise, with these environment variables beside the own ones. */
  static Process start(Map<String, String> environment, Path out, Path err, String... arguments)
      throws IOException {
    return start(environment, launcher(arguments), out, err);
  }

  private static Process start(
      Map<String, String> environment, List<String> command, Path out, Path err)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    if (err.equals(out)) {
      builder.redirectErrorStream(true);
    } else {
      builder.redirectError(err.toFile());
    }
    return builder
        .redirectOutput(out.toFile())
        .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
        .start();
  }

  /** A file below shared/data; the test aborts where it is absent. */
  static Path shared(String relative) {
    String stated = System.getProperty("hilbench.shared");
    Path folder = stated == null ? ROOT.resolveSibling("shared") : Path.of(stated);
    Path path = folder.resolve("data").resolve(relative);
    Assumptions.assumeTrue(Files.exists(path), () -> "absent: shared/data/" + relative);
    return path;
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("hilbench"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("not inside a checkout");
      }
    }
    return folder;
  }
}
