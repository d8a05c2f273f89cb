package org.hilbench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hilbench.testkit.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shell scripts stand outside of what a compiler checks, so their rules are held here. */
class ScriptsTest {
  private static final Path ROOT = SharedData.repository();

  @Test
  void everyScriptCleansItsEnvironmentOrAtLeastItsLocale() throws Exception {
    List<Path> scripts = scripts();
    assertTrue(scripts.size() >= 12, "found: " + scripts);
    List<Path> unclean = new ArrayList<>();
    for (Path script : scripts) {
      String text = Files.readString(script);
      boolean works =
          text.matches("(?s).*\\b(gcc|g\\+\\+|cmake|mvn|java|qemu-system-arm|awk)\\b.*");
      boolean clean =
          text.contains("/clean-environment\"") || text.contains("/clean-environment\n");
      if (works && !clean && !text.contains("export LC_ALL=C.UTF-8")) {
        unclean.add(script);
      }
    }
    assertEquals(List.of(), unclean, "these source no scripts/clean-environment");
  }

  @Test
  void aCleanEnvironmentHoldsNothingOfTheCallersCompilersLibrariesAndLocale() throws Exception {
    List<String> hostile =
        List.of(
            "CFLAGS",
            "CPATH",
            "LIBRARY_PATH",
            "CMAKE_GENERATOR",
            "JAVA_TOOL_OPTIONS",
            "BASH_FUNC_gcc%%",
            "LC_NUMERIC",
            "LANG",
            "PYTHONPATH",
            "POSIXLY_CORRECT");
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-euo", "pipefail", "-c", ". scripts/clean-environment; env")
            .directory(ROOT.toFile())
            .redirectErrorStream(true);
    hostile.forEach(name -> builder.environment().put(name, "() { echo hostile; }"));
    builder.environment().put("HILBENCH_CACHE", "/kept");
    Process process = builder.start();
    List<String> lines;
    try (var out = process.inputReader()) {
      lines = out.lines().toList();
    }
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue(), () -> String.join("\n", lines));
    assertEquals(List.of(), lines.stream().filter(line -> line.contains("hostile")).toList());
    assertTrue(lines.containsAll(List.of("HILBENCH_CACHE=/kept", "LC_ALL=C.UTF-8")));
  }

  /** Whoever served it: a jar that is not the one of the list is named, and nothing is started. */
  @Test
  void aJarThatIsChangedMissingOrOneTooManyIsNamed(@TempDir Path folder) throws Exception {
    for (String path : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path jar = Path.of(path);
      if (listed().contains(String.valueOf(jar.getFileName()))) {
        Files.createSymbolicLink(folder.resolve(jar.getFileName()), jar.toAbsolutePath());
      }
    }
    assertEquals("", complaints(folder), "host-app/runtime-jars.sha256 is not of this pom.xml");

    Path changed = folder.resolve("jna-5.17.0.jar");
    byte[] bytes = Files.readAllBytes(changed);
    bytes[bytes.length / 2] ^= 1;
    Files.delete(changed);
    Files.write(changed, bytes);
    Files.delete(folder.resolve("picocli-4.7.7.jar"));
    Files.write(folder.resolve("planted.jar"), bytes);
    String complaints = complaints(folder);
    assertTrue(complaints.contains("jna-5.17.0.jar has SHA-256"), complaints);
    assertTrue(complaints.contains("picocli-4.7.7.jar is missing"), complaints);
    assertTrue(complaints.contains("planted.jar is none of the jars"), complaints);
    assertEquals(3, complaints.lines().count(), complaints);
  }

  private static List<String> listed() throws IOException {
    return Files.readAllLines(ROOT.resolve("host-app/runtime-jars.sha256")).stream()
        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
        .toList();
  }

  private static String complaints(Path folder) throws Exception {
    Process process =
        new ProcessBuilder(ROOT.resolve("scripts/verify-jars").toString(), folder.toString())
            .redirectErrorStream(true)
            .start();
    String said;
    try (var out = process.getInputStream()) {
      said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
    }
    assertEquals(said.isEmpty() ? 0 : 3, process.waitFor(), said);
    return said;
  }

  private static List<Path> scripts() throws IOException {
    List<Path> found = new ArrayList<>();
    for (String folder : List.of("scripts", "firmware-templates")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
        for (Path file : files.filter(Files::isRegularFile).filter(Files::isExecutable).toList()) {
          if (Files.readString(file).startsWith("#!")) {
            found.add(file);
          }
        }
      }
    }
    return found;
  }
}
