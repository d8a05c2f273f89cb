package org.hilbench.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The classes that a first measurement keeps make later starts faster and change nothing else. */
class StartClassesTest {
  private static final Path RUN = Program.ROOT.resolve("host-app/target/run");

  @AfterEach
  void noneThatWasDamagedIsLeft() throws IOException {
    for (Path archive : archives()) {
      Files.delete(archive);
    }
  }

  @Test
  void theFirstMeasurementKeepsThemAndADamagedArchiveIsPassedOver() throws Exception {
    noneThatWasDamagedIsLeft();
    Path model = Program.shared("mlperf_tiny/kws_dscnn_int8.tflite");
    Program.Result measured = Program.run("measure", model.toString(), "--json");
    assertEquals(0, measured.exitCode(), measured.stderr());
    List<Path> kept = archives();
    assertEquals(1, kept.size(), kept::toString);
    assertEquals(List.of(), leftBeside(kept.get(0)), "lists and parts");
    // which refuses to start where no archive fits
    assertEquals(0, Program.run(Map.of("_JAVA_OPTIONS", "-Xshare:on"), "--version").exitCode());
    byte[] good = Files.readAllBytes(kept.get(0));
    byte[] cut = Arrays.copyOf(good, good.length / 2);
    for (byte[] bad : List.of(new byte[0], new byte[good.length], flipped(good), cut)) {
      noneThatWasDamagedIsLeft();
      Files.write(kept.get(0), bad);
      assertEquals(0, Program.run("--version").exitCode());
    }
  }

  private static byte[] flipped(byte[] good) {
    byte[] bad = good.clone();
    for (int at = 100_000; at < bad.length; at += 100_000) {
      bad[at] ^= 0x55;
    }
    return bad;
  }

  private static List<Path> archives() throws IOException {
    try (Stream<Path> files = Files.list(RUN)) {
      return files.filter(file -> file.toString().endsWith(".jsa")).toList();
    }
  }

  private static List<Path> leftBeside(Path archive) throws IOException {
    String name = archive.getFileName().toString();
    String own = name.substring(0, name.lastIndexOf('-')) + ".";
    try (Stream<Path> files = Files.list(RUN)) {
      return files.filter(file -> file.getFileName().toString().startsWith(own)).toList();
    }
  }

  @Test
  void theVersionIsThePackages() throws Exception {
    Program.Result result = Program.run("--version");
    String pom = Files.readString(Program.ROOT.resolve("pom.xml"), StandardCharsets.UTF_8);
    String version = result.stdout().strip().replace("hilbench ", "");
    assertTrue(pom.contains("<version>" + version + "</version>"), result.stdout());
  }
}
