package org.hilbench.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hilbench.exec.CommandRunner;

/** Keeps a worker from taking the machine's memory, and from leaving files behind when it dies. */
final class ProcessLimits {
  /** No core, no long report of a crash, and no address space beyond what a worker can need. */
  static final List<String> OF_JVM =
      List.of(
          "-XX:-CreateCoredumpOnCrash",
          "-XX:ErrorLogTimeout=5",
          "-XX:CompressedClassSpaceSize=96m",
          "-XX:ReservedCodeCacheSize=64m");

  private static final Path LIMITS = Path.of("/proc/self/limits");

  private ProcessLimits() {}

  /** What stands before the JVM's own arguments; empty where util-linux is absent. */
  static List<String> prefix(CommandRunner runner, WorkerOptions options) {
    if (runner.find("prlimit").isEmpty()) {
      return List.of();
    }
    boolean limited = options.addressSpaceMegabytes() != WorkerOptions.NO_LIMIT && unlimited();
    long bytes = (long) options.addressSpaceMegabytes() << 20;
    return limited
        ? List.of("prlimit", "--core=0", "--as=" + bytes, "--")
        : List.of("prlimit", "--core=0", "--");
  }

  /** A limit that is there already is not widened, which only root may do. */
  private static boolean unlimited() {
    try (Stream<String> lines = Files.lines(LIMITS)) {
      return lines.anyMatch(line -> line.matches("Max address space +unlimited +unlimited.*"));
    } catch (IOException e) {
      return false;
    }
  }
}
