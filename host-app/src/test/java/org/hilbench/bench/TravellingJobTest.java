package org.hilbench.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.hilbench.BenchException;
import org.hilbench.board.BoardProfiles;
import org.hilbench.exec.ExecRunner;
import org.hilbench.firmware.Workshop;
import org.hilbench.measure.Bytes;
import org.hilbench.measure.JobJson;
import org.hilbench.measure.MeasurementJob;
import org.hilbench.measure.MeasurementResult;
import org.hilbench.testkit.SharedData;
import org.hilbench.tflite.TfliteModel;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that a bench in another process carries out, with a home and a cache of its own. */
@Tag("sim")
final class TravellingJobTest {
  private static final JsonMapper JSON = JobJson.mapper();
  private static final Path PROFILES = SharedData.repository().resolve("board-profiles");

  private static final List<String> LENT = List.of("tflm", "archives");

  @TempDir private Path folder;

  @Test
  void anotherBenchGivesTheSameResult() throws Exception {
    MeasurementJob job = job();
    Bench here = bench();
    JsonNode local = JSON.readTree(JSON.writeValueAsBytes(here.measure(job, 1)));
    JsonNode remote = JSON.readTree(sent(job, Workshop.templates(), PROFILES));
    assertEquals("completed", remote.get("result").textValue(), remote::toString);
    assertAlike(withoutTimes(local), withoutTimes(remote), "");
  }

  @Test
  void otherKernelsAreRefusedByName() throws Exception {
    MeasurementJob job = job();
    Path templates = folder.resolve("firmware-templates");
    copy(Workshop.templates(), templates);
    Path kernel = templates.resolve("kernels/src/hb_conv.c");
    Files.writeString(kernel, "\n/* another kernel */\n", StandardOpenOption.APPEND);
    MeasurementResult.Failed failed = refused(sent(job, templates, PROFILES));
    assertEquals(BenchException.Kind.ENVIRONMENT, failed.kind());
    String asked = "the job asks for kernels " + job.ingredients().kernels();
    assertTrue(
        failed.reason().contains("this bench has kernels 'hilbench' (hash "), failed::reason);
    assertTrue(failed.reason().contains(asked), failed::reason);
  }

  @Test
  void anotherBoardOfTheSameNameIsRefusedByName() throws Exception {
    MeasurementJob job = job();
    Path profiles = folder.resolve("board-profiles");
    copy(PROFILES, profiles);
    Path profile = profiles.resolve("mps2-an386/board.yaml");
    String yaml = Files.readString(profile);
    Files.writeString(profile, yaml.replace("0x20000000, size: 4 MiB", "0x20000000, size: 2 MiB"));
    MeasurementResult.Failed failed = refused(sent(job, Workshop.templates(), profiles));
    assertTrue(failed.reason().contains("this bench has board 'mps2-an386'"), failed::reason);
    String asked = "the job asks for board " + job.ingredients().board();
    assertTrue(failed.reason().contains(asked), failed::reason);
  }

  private static Bench bench() throws BenchException {
    ExecRunner runner = new ExecRunner();
    Assumptions.assumeTrue(runner.find("qemu-system-arm").isPresent(), "absent: qemu-system-arm");
    BoardProfiles boards = BoardProfiles.load(PROFILES);
    return new Bench(
        boards, ImageBuilder.of(Workshop.builder()), new SimulatedPlaces(boards, runner));
  }

  private static MeasurementJob job() throws Exception {
    TfliteModel model = FirmwareOnAPtyTest.model();
    return MeasurementJob.of(
            Bytes.of(model.bytes()),
            bench().ingredients("mps2-an386", "hilbench"),
            List.of(MlperfTiny.wide(model)))
        .on(MeasurementJob.ON_QEMU)
        .timed(1, 2)
        .job();
  }

  private byte[] sent(MeasurementJob job, Path templates, Path profiles) throws Exception {
    Path home = Files.createDirectories(folder.resolve("home"));
    Path cache = Files.createDirectories(home.resolve("cache"));
    // What costs a minute to compile is lent; images are the other bench's own.
    for (String lent : LENT) {
      Files.createSymbolicLink(cache.resolve(lent), Workshop.cache().resolve(lent));
    }
    ProcessBuilder child =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-cp",
            System.getProperty("java.class.path"),
            "-Duser.home=" + home,
            OtherBench.class.getName(),
            templates.toString(),
            profiles.toString(),
            cache.toString());
    child.environment().put("HOME", home.toString());
    child.environment().remove("HILBENCH_CACHE");
    child.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = child.start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(JSON.writeValueAsBytes(job));
    }
    byte[] out = process.getInputStream().readAllBytes();
    assertEquals(0, process.waitFor());
    for (String lent : LENT) {
      Files.delete(cache.resolve(lent));
    }
    return out;
  }

  private static MeasurementResult.Failed refused(byte[] result) throws Exception {
    return assertInstanceOf(
        MeasurementResult.Failed.class, JSON.readValue(result, MeasurementResult.class));
  }

  private static JsonNode withoutTimes(JsonNode result) {
    ObjectNode measurement = (ObjectNode) result.get("measurement");
    measurement.remove("spent");
    return result;
  }

  /** Equal, but for ticks of a counter that runs on while it is read: those differ by one. */
  private static void assertAlike(JsonNode one, JsonNode other, String at) {
    assertEquals(one.getNodeType(), other.getNodeType(), at);
    assertEquals(one.size(), other.size(), at);
    if (one.isContainerNode()) {
      one.fieldNames()
          .forEachRemaining(key -> assertAlike(one.path(key), other.path(key), at + "/" + key));
      for (int i = 0; one.isArray() && i < one.size(); i++) {
        assertAlike(one.get(i), other.get(i), at + "/" + i);
      }
    } else if (one.isNumber() && (at.contains("/cost/") || at.contains("/timing/"))) {
      assertEquals(one.asDouble(), other.asDouble(), 1, at);
    } else {
      assertEquals(one, other, at);
    }
  }

  private static void copy(Path from, Path to) throws Exception {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }
}
