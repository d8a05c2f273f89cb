package org.hilbench.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hilbench.exec.Command;
import org.hilbench.exec.CommandResult;
import org.hilbench.exec.ExecRunner;
import org.hilbench.firmware.Workshop;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole search by a program that has no command line: neither {@code org.hilbench.cli} nor
 * picocli is on its class path, nor on that of its workers.
 */
@Tag("sim")
@Timeout(300)
final class WithoutCommandLineTest {
  private static final String CLASS_PATH = System.getProperty("java.class.path");

  @TempDir Path folder;

  @Test
  void aSearchOfToysRunsToItsFrontAndGoesOnWhereAllIsDone() throws Exception {
    Workshop.builder();
    assumeTrue(new ExecRunner().find("qemu-system-arm").isPresent(), "absent: qemu-system-arm");
    CommandResult ended = wholeSearch(withoutCommandLine());
    assertEquals(0, ended.exitCode(), ended.stderr());
    assertEquals("", ended.stdout());
    JsonNode result = new JsonMapper().readTree(folder.resolve("result.json").toFile());
    assertEquals(WholeSearch.TRIALS, result.get("trials").size());
    for (JsonNode trial : result.get("trials")) {
      assertEquals("evaluated", trial.get("outcome").textValue(), trial::toString);
      assertEquals("chain", trial.at("/architecture/space").textValue(), trial::toString);
      assertTrue(trial.get("latencyMs").doubleValue() > 0, trial::toString);
    }
    assertFalse(result.get("front").isEmpty());
    for (JsonNode point : result.get("front")) {
      assertTrue(Files.exists(Path.of(point.get("model").textValue())), point::toString);
      assertTrue(point.get("testAccuracy").isNumber(), point::toString);
    }
    int learned = new RunFolder(folder.resolve("run")).checkpoints().toFile().list().length;
    assertEquals(WholeSearch.TRIALS - 1, learned, "it steers by what was found");
    String page = Files.readString(folder.resolve("run").resolve("report.html"));
    assertTrue(page.contains("sensor-windows on mps2-an386"), page);
  }

  @Test
  void itWouldRefuseTheCommandLine() throws Exception {
    CommandResult ended = wholeSearch(CLASS_PATH);
    assertFalse(ended.ok());
    assertTrue(
        ended.stderr().contains("org.hilbench.cli.Main is on the class path"), ended.stderr());
  }

  private CommandResult wholeSearch(String classPath) throws Exception {
    Command command =
        Command.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classPath,
            WholeSearch.class.getName(),
            folder.resolve("run").toString());
    return new ExecRunner().run(command.withTimeout(Duration.ofMinutes(4)));
  }

  private String withoutCommandLine() throws IOException {
    List<String> kept = new ArrayList<>();
    for (String entry : CLASS_PATH.split(File.pathSeparator)) {
      Path path = Path.of(entry);
      if (Files.isDirectory(path)) {
        kept.add(withoutCommandLine(path, folder.resolve("classes" + kept.size())).toString());
      } else if (!path.getFileName().toString().startsWith("picocli")) {
        kept.add(entry);
      }
    }
    return kept.stream().collect(Collectors.joining(File.pathSeparator));
  }

  /** The same folder of classes but for that room. */
  private static Path withoutCommandLine(Path classes, Path copy) throws IOException {
    Path room = classes.resolve("org").resolve("hilbench").resolve("cli");
    try (Stream<Path> all = Files.walk(classes)) {
      for (Path one : all.filter(path -> !path.startsWith(room)).toList()) {
        Files.copy(one, copy.resolve(classes.relativize(one)));
      }
    }
    return copy;
  }
}
