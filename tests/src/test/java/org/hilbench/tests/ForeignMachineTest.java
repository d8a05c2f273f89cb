package org.hilbench.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the caller's locale, variables and folders for temporary files may not change. */
@Tag("sim")
class ForeignMachineTest {
  private static final List<String> COMPILER_VARIABLES =
      List.of(
          ("CFLAGS CXXFLAGS CPPFLAGS LDFLAGS ASMFLAGS CC CXX AS AR CPATH C_INCLUDE_PATH"
                  + " CPLUS_INCLUDE_PATH LIBRARY_PATH GCC_EXEC_PREFIX COMPILER_PATH LD_RUN_PATH"
                  + " CMAKE_GENERATOR CMAKE_TOOLCHAIN_FILE CMAKE_BUILD_TYPE CMAKE_PREFIX_PATH"
                  + " CMAKE_C_COMPILER_LAUNCHER CMAKE_CXX_COMPILER_LAUNCHER MAKEFLAGS NINJA_STATUS"
                  + " NINJAFLAGS CCACHE_DIR GIT_DIR GIT_WORK_TREE PYTHONPATH OMP_NUM_THREADS"
                  + " LD_LIBRARY_PATH DEPENDENCIES_OUTPUT SOURCE_DATE_EPOCH TZ QEMU_AUDIO_DRV"
                  + " DJL_CACHE_DIR ENGINE_CACHE_DIR PYTORCH_LIBRARY_PATH _JAVA_OPTIONS")
              .split(" "));

  @TempDir private Path folder;

  @Test
  void aMeasurementIsTheSameInEveryLocale() throws Exception {
    String model = Program.shared("mlperf_tiny/kws_dscnn_int8.tflite").toString();
    Program.Result plain = Program.run("measure", model, "--json");
    for (String locale : List.of("fa IR", "tr TR")) {
      Program.Result there = Program.run(in(locale), "measure", model, "--json");
      assertEquals(0, there.exitCode(), there.stderr());
      assertTrue(there.stderr().contains("Picked up JAVA_TOOL_OPTIONS"), "not in " + locale);
      assertEquals(timeless(plain.json()), timeless(there.json()), locale);
    }
  }

  @Test
  void aSearchIsTheSameInEveryLocaleAndLoadsNothingThatOthersCanWrite() throws Exception {
    Assumptions.assumeTrue(
        Files.exists(Path.of("/usr/share/datasets/fashion-mnist")),
        "absent: the package dataset-fashion-mnist");
    Watched plain = search("plain", Map.of());
    Watched there = search("there", in("fa IR"));
    assertEquals(trials(plain), trials(there));
    String report = Files.readString(folder.resolve("there/report.html"));
    assertEquals("", report.replaceAll("[^\\u0660-\\u0669\\u06f0-\\u06f9]", ""), "Farsi digits");

    Path cache = cache();
    assertTrue(there.holds("libsqlitejdbc.so"), there.libraries::toString);
    assertTrue(there.holds("libtorch_cpu.so"), there.libraries::toString);
    assertTrue(there.holds("libjnitensorflowlite.so"), there.libraries::toString);
    for (String library : there.libraries) {
      assertTrue(
          Stream.of("/usr/", "/lib", cache + "/native/", cache + "/tmp/")
              .anyMatch(library::startsWith),
          library + " was loaded");
    }
    assertTrue(Files.getPosixFilePermissions(cache.resolve("native")).size() == 3, "0700");
    assertTrue(Files.getPosixFilePermissions(cache.resolve("tmp")).size() == 3, "0700");
  }

  /** As conda and dpkg-buildflags do it, and worse; nothing compiled lies in the cache yet. */
  @Test
  void theCallersVariablesReachNeitherTheBuildNorTheRun() throws Exception {
    String model = Program.shared("mlperf_tiny/kws_dscnn_int8.tflite").toString();
    Program.Result plain = Program.run("measure", model, "--json");
    Path cache = Files.createDirectory(folder.resolve("cache"));
    Files.createSymbolicLink(cache.resolve("tflm"), cache().resolve("tflm"));
    takeRuntime(cache.resolve("archives"));
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    Map<String, String> environment = new TreeMap<>();
    COMPILER_VARIABLES.forEach(name -> environment.put(name, "/hostile"));
    environment.put("CFLAGS", "-O0 -DHB_DSP=0");
    environment.put("CXXFLAGS", "-O0 -fstack-protector-all");
    environment.put("_JAVA_OPTIONS", "-Dhostile=true"); // others would end the launcher's Java
    environment.put("HILBENCH_CACHE", cache.toString());
    environment.put("TMPDIR", temporary.toString());
    Program.Result there = Program.run(environment, "measure", model, "--json");
    assertEquals(0, there.exitCode(), there.stderr());
    assertEquals(timeless(plain.json()), timeless(there.json()));
    assertEquals(List.of(), left(temporary));
    assertEquals(List.of(cache.resolve("tmp/.lock")), left(cache.resolve("tmp")));
  }

  private static List<Path> left(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  /** The runtime itself takes a minute to compile; what is left takes seconds. */
  private static void takeRuntime(Path archives) throws IOException {
    Files.createDirectory(archives);
    try (Stream<Path> compiled = Files.list(cache().resolve("archives"))) {
      for (Path one : compiled.filter(Files::isDirectory).toList()) {
        if (one.getFileName().toString().matches("runtime-cortex-m4f-[0-9a-f]{24}")) {
          Files.createSymbolicLink(archives.resolve(one.getFileName()), one);
        }
      }
    }
  }

  private static Path cache() {
    return Optional.ofNullable(System.getenv("HILBENCH_CACHE"))
        .map(Path::of)
        .orElse(Path.of(System.getenv("HOME"), ".cache", "hilbench"));
  }

  private static Map<String, String> in(String locale) {
    String[] words = locale.split(" ");
    return Map.of(
        "JAVA_TOOL_OPTIONS",
        "-Duser.language=" + words[0] + " -Duser.country=" + words[1],
        "LC_ALL",
        words[0] + "_" + words[1] + ".UTF-8");
  }

  /** A program that ran, and all that its processes had mapped. */
  private record Watched(JsonNode json, Set<String> libraries) {
    boolean holds(String name) {
      return libraries.stream().anyMatch(library -> library.contains(name));
    }
  }

  private Watched search(String name, Map<String, String> environment) throws Exception {
    Path out = folder.resolve(name + ".json");
    Path err = folder.resolve(name + ".err");
    Process process =
        Program.start(
            environment,
            out,
            err,
            "search",
            "--out",
            folder.resolve(name).toString(),
            "--trials",
            "1",
            "--seed",
            "3",
            "--samples",
            "320",
            "--no-final",
            "--json");
    TreeSet<String> libraries = new TreeSet<>();
    while (process.isAlive()) {
      addLibraries(process.toHandle(), libraries);
      process.descendants().forEach(child -> addLibraries(child, libraries));
      Thread.sleep(250);
    }
    assertEquals(0, process.exitValue(), Files.readString(err));
    return new Watched(new ObjectMapper().readTree(out.toFile()), libraries);
  }

  private static void addLibraries(ProcessHandle process, Set<String> libraries) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc", process.pid() + "", "maps"))) {
        int path = line.indexOf('/');
        if (path > 0 && line.matches(".*\\.so(\\.[0-9.]+)?( \\(deleted\\))?")) {
          libraries.add(line.substring(path).replace(" (deleted)", ""));
        }
      }
    } catch (IOException e) {
      // it has ended meanwhile
    }
  }

  private static JsonNode trials(Watched search) {
    JsonNode trials = search.json.get("trials");
    assertFalse(trials.isEmpty());
    trials.forEach(trial -> ((ObjectNode) trial).remove("startedAt"));
    return trials;
  }

  /** A measurement without the time that it took, and ticks that differ by one; the rest stays. */
  private static JsonNode timeless(JsonNode measurement) {
    assertTrue(measurement.get("ranImageSha256").isTextual());
    ((ObjectNode) measurement).remove(List.of("spentMs", "runsTicks"));
    return measurement;
  }
}
