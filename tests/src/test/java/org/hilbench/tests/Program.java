package org.hilbench.tests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
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
    Path out = Files.createTempFile("hilbench", ".out");
    Path err = Files.createTempFile("hilbench", ".err");
    Process process = start(environment, out, err, arguments);
    if (!process.waitFor(10, TimeUnit.MINUTES)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new AssertionError("no end after 10 minutes: " + String.join(" ", arguments));
    }
    Result result = new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    Files.delete(out);
    Files.delete(err);
    return result;
  }

  /** Starts without waiting; the launcher becomes the Java process, so a signal reaches that. */
  static Process start(Path out, Path err, String... arguments) throws IOException {
    return start(Map.of(), out, err, arguments);
  }

  /** Likewise, with these environment variables beside the own ones. */
  static Process start(Map<String, String> environment, Path out, Path err, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(ROOT.resolve("hilbench").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return builder
        .redirectOutput(out.toFile())
        .redirectError(err.toFile())
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
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
