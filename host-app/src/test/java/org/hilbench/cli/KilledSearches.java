package org.hilbench.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hilbench.data.SyntheticImages;
import org.hilbench.firmware.FirmwareRequest;
import org.hilbench.firmware.KernelSet;
import org.hilbench.firmware.Workshop;
import org.hilbench.fuzz.Campaign;
import org.hilbench.fuzz.CampaignResult;
import org.hilbench.oracle.RandomNetworks;
import org.hilbench.testkit.SharedData;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.tflite.TfliteWriter;

/**
 * Small real searches of which one program is killed at a random moment: a training worker, a
 * program of the compiler, a simulator, in turns. Each has to come to the trials and the front of
 * the search that was left alone, at once or by {@code --resume}.
 */
public final class KilledSearches implements Campaign {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int ENVIRONMENT = 3;
  private static final int POLL_MILLIS = 1;

  /** Whom the kill is meant for. */
  private enum Victim {
    /** The search starts no other Java. */
    WORKER("/java"),
    COMPILER(
        "/arm-none-eabi-gcc",
        "/arm-none-eabi-g++",
        "/cc1",
        "/cc1plus",
        "/collect2",
        "/ld",
        "/as",
        "/cmake",
        "/ninja"),
    SIMULATOR("/qemu-system-arm");

    @SuppressWarnings("ImmutableEnumChecker") // List.of never changes
    private final List<String> programs;

    Victim(String... programs) {
      this.programs = List.of(programs);
    }

    boolean is(ProcessHandle process) {
      String program = process.info().command().orElse("");
      return programs.stream().anyMatch(program::endsWith);
    }
  }

  private record Run(int exitCode, String said, long millis, boolean killed) {
    String lastLine() {
      return said.substring(said.lastIndexOf('\n') + 1);
    }
  }

  @Override
  public CampaignResult run(long count, long seed, Log log) throws Exception {
    CampaignResult.Tally tally = new CampaignResult.Tally();
    Path folder = Files.createTempDirectory("hilbench-kills");
    try {
      fillTheUsersCache();
      SyntheticImages.write(Files.createDirectories(folder.resolve("data")), 1200, 120);
      Path out = folder.resolve("whole");
      Run whole = search(folder, out, Optional.empty(), 0, false);
      JsonNode expected = result(whole, out);
      log.line("left alone it takes " + whole.millis() + " ms");
      SplittableRandom random = new SplittableRandom(seed);
      for (long i = 0; i < count; i++) {
        Victim victim = Victim.values()[Math.floorMod(seed + i, Victim.values().length)];
        long moment = random.nextLong(Math.max(1, whole.millis() * 4 / 5));
        String which = victim.name().toLowerCase(Locale.ROOT) + " after " + moment + " ms";
        String ending = ending(folder, expected, victim, moment);
        log.line(i + ": " + which + ": " + ending);
        if (ending.startsWith("FAILED")) {
          tally.failed("seed " + seed + ", case " + i + ", " + which + ": " + ending);
        } else {
          tally.good(victim.name().toLowerCase(Locale.ROOT) + ": " + ending);
        }
      }
    } finally {
      delete(folder);
    }
    return tally.result();
  }

  private static String ending(Path folder, JsonNode expected, Victim victim, long moment)
      throws Exception {
    Path out = folder.resolve("killed");
    try {
      Run run = search(folder, out, Optional.of(victim), moment, false);
      if (run.exitCode() == ENVIRONMENT && run.killed()) {
        return goneOn(folder, out, expected, run.lastLine());
      }
      if (run.exitCode() != 0 || !result(run, out).equals(expected)) {
        return "FAILED: exit code " + run.exitCode() + ": " + run.said();
      }
      return run.killed() ? "same front" : "same front, ended before the kill";
    } finally {
      delete(out);
    }
  }

  /** What was stopped goes on with {@code --resume}, or begins where it never had. */
  private static String goneOn(Path folder, Path out, JsonNode expected, String why)
      throws Exception {
    Run resumed = search(folder, out, Optional.empty(), 0, true);
    boolean neverBegan = resumed.said().contains("never began");
    Run ended = neverBegan ? search(folder, out, Optional.empty(), 0, false) : resumed;
    if (ended.exitCode() != 0 || !result(ended, out).equals(expected)) {
      return "FAILED: " + ended.said() + " after " + why;
    }
    return neverBegan
        ? "stopped before it began (" + why + "), begun again to the same front"
        : "stopped, resumed to the same front";
  }

  /** Trials and front without what is another in each run: times and paths. */
  private static JsonNode result(Run run, Path out) throws IOException {
    if (run.exitCode() != 0) {
      throw new IOException("the search ended with " + run.exitCode() + ": " + run.said());
    }
    ObjectNode result = (ObjectNode) JSON.readTree(Files.readString(stdout(out)));
    result.remove("report");
    result.get("trials").forEach(trial -> ((ObjectNode) trial).remove("startedAt"));
    result.get("front").forEach(point -> ((ObjectNode) point).remove("model"));
    return result;
  }

  private static Path stdout(Path out) {
    return out.resolveSibling(out.getFileName() + ".out");
  }

  /** Runs to its end; every image is linked anew, and the board's own part compiled. */
  private static Run search(
      Path folder, Path out, Optional<Victim> victim, long moment, boolean resume)
      throws IOException, InterruptedException {
    Path cache = resume ? folder.resolve("cache") : freshCache(folder.resolve("cache"));
    Path said = out.resolveSibling(out.getFileName() + ".err");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx1g"));
    command.add("-Dhilbench.home=" + SharedData.repository());
    command.add("-Dhilbench.cache=" + cache);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("search", "--out", out.toString(), "--json"));
    command.addAll(
        resume
            ? List.of("--resume")
            : List.of("--trials", "2", "--samples", "640", "--no-final", "--seed", "5"));
    if (!resume) {
      command.addAll(List.of("--population", "2", "--data", folder.resolve("data").toString()));
    }
    long begin = System.nanoTime();
    Process search =
        new ProcessBuilder(command)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(stdout(out).toFile())
            .redirectError(said.toFile())
            .start();
    try {
      boolean killed = victim.isPresent() && kill(search, victim.get(), moment);
      int code = search.waitFor();
      long millis = (System.nanoTime() - begin) / 1_000_000;
      return new Run(code, Files.readString(said).strip(), millis, killed);
    } finally {
      search.destroyForcibly();
    }
  }

  /** The first such descendant of this search that lives at the moment or comes after it. */
  private static boolean kill(Process search, Victim victim, long moment)
      throws InterruptedException {
    if (search.waitFor(moment, TimeUnit.MILLISECONDS)) {
      return false;
    }
    do {
      Optional<ProcessHandle> found = search.descendants().filter(victim::is).findAny();
      if (found.isPresent() && found.get().destroyForcibly()) {
        return true;
      }
    } while (!search.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS));
    return false;
  }

  /** What all searches share is compiled before the first. */
  private static void fillTheUsersCache() throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    byte[] model =
        TfliteWriter.write(RandomNetworks.quantized(RandomNetworks.ofTheSpace(random), random));
    FirmwareRequest request =
        new FirmwareRequest(
            TfliteModel.parse(model), Workshop.board("mps2-an386"), KernelSet.HILBENCH);
    Workshop.built(Workshop.builder().build(request));
  }

  /** With the sources and the archives of the user's own, but without images and targets. */
  private static Path freshCache(Path cache) throws IOException {
    delete(cache);
    Path archives = Files.createDirectories(cache.resolve("archives"));
    Files.createSymbolicLink(cache.resolve("tflm"), Workshop.cache().resolve("tflm"));
    try (Stream<Path> all = Files.list(Workshop.cache().resolve("archives"))) {
      for (Path archive : all.filter(Files::isDirectory).toList()) {
        String name = archive.getFileName().toString();
        if (!name.startsWith("target-")) {
          Files.createSymbolicLink(archives.resolve(name), archive);
        }
      }
    }
    return cache;
  }

  private static void delete(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
