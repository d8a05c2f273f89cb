package org.hilbench.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hilbench search} the whole way, with a small training budget. */
@Tag("sim")
class SearchTest {
  /** Of a measurement that an earlier search made: when. */
  private static final String KEPT = "keptSince";

  private static final String[] SMALL = {
    "--trials", "8", "--seed", "3", "--samples", "640", "--final-samples", "1280", "--json"
  };

  @TempDir Path folder;

  private Path data;

  @BeforeEach
  void writeData() throws Exception {
    data = FirstImages.write(folder.resolve("data"), 3_000, 500);
  }

  @Test
  void aSearchEndsWithAFrontAndKilledOnesGoOnToTheSame() throws Exception {
    Path whole = folder.resolve("whole");
    Program.Result first = search(whole);
    assertEquals(0, first.exitCode(), first.stderr());
    JsonNode expected = first.json();
    assertEquals(8, expected.get("trials").size());
    assertFalse(expected.get("front").isEmpty());
    for (JsonNode point : expected.get("front")) {
      assertTrue(Files.exists(Path.of(point.get("model").textValue())), point.toString());
      assertTrue(point.get("testAccuracy").isNumber(), point.toString());
      assertEquals("estimated", point.get("origin").textValue());
    }
    assertTrue(Files.exists(Path.of(expected.get("report").textValue())));

    Program.Result reusing = search(folder.resolve("reusing"), "--reuse", whole.toString());
    assertEquals(timeless(expected), timeless(reusing.json()), reusing.stderr());
    for (JsonNode trial : reusing.json().get("trials")) {
      assertTrue(trial.has(KEPT), "measured again: " + trial);
    }

    uploadedItFindsTheSame(expected, whole);

    Path cut = folder.resolve("cut");
    killedAtRandomMoments(cut, 3);
    Program.Result resumed = search(cut, "--resume");
    assertEquals(0, resumed.exitCode(), resumed.stderr());
    assertEquals(timeless(expected), timeless(resumed.json()));

    // a finished search shows its result again, and runs nothing
    Program.Result again = search(cut, "--resume");
    assertEquals(resumed.json(), again.json());
    Program.Result other =
        Program.run("search", "--out", cut.toString(), "--resume", "--seed", "4");
    assertEquals(2, other.exitCode());
    assertTrue(other.stderr().contains("--seed was 3, now 4"), other.stderr());
  }

  /** Its first trials again, each model sent to one resident firmware. */
  private void uploadedItFindsTheSame(JsonNode expected, Path whole) throws Exception {
    Path out = folder.resolve("uploaded");
    Program.Result result =
        Program.run(
            "search",
            "--out",
            out.toString(),
            "--data",
            data.toString(),
            "--trials",
            "2",
            "--seed",
            "3",
            "--samples",
            "640",
            "--no-final",
            "--json",
            "--upload",
            "--reuse",
            whole.toString());
    assertEquals(0, result.exitCode(), result.stderr());
    for (JsonNode trial : result.json().get("trials")) {
      JsonNode linked = expected.get("trials").get(trial.get("id").intValue());
      assertEquals("linked", linked.get("loading").textValue());
      assertEquals("uploaded", trial.get("loading").textValue());
      for (String same : List.of("modelSha256", "accuracy", "latencyMs", "flashBytes")) {
        assertEquals(linked.get(same), trial.get(same), same);
      }
      long more = trial.get("peakSramBytes").asLong() - linked.get("peakSramBytes").asLong();
      assertTrue(Math.abs(more) <= 64, more + " bytes of SRAM more");
    }
    Program.Result other =
        Program.run("search", "--out", out.toString(), "--resume", "--no-upload");
    assertEquals(2, other.exitCode());
    assertTrue(other.stderr().contains("--upload was true, now false"), other.stderr());
  }

  @Test
  void aMixedSearchSteersByMeasuredSensitivityAndRepeatsItself() throws Exception {
    Path whole = folder.resolve("whole");
    Program.Result first = mixed(whole);
    assertEquals(0, first.exitCode(), first.stderr());
    assertTrue(first.json().get("trials").toString().contains("w4a8"), first.stdout());
    Program.Result sensitivity = Program.run("sensitivity", whole.toString(), "0", "--json");
    assertFalse(sensitivity.json().get("layers").isEmpty(), sensitivity.stderr());

    Program.Result again = mixed(folder.resolve("reusing"), "--reuse", whole.toString());
    assertEquals(timeless(first.json()), timeless(again.json()), again.stderr());

    // it began with --no-final, which holds: nothing is trained on
    Program.Result resumed = Program.run("search", "--resume", "--out", whole.toString(), "--json");
    assertEquals(first.json(), resumed.json(), resumed.stderr());
  }

  private Program.Result mixed(Path out, String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("search", "--out", out.toString()));
    arguments.addAll(List.of("--data", data.toString()));
    arguments.addAll(
        List.of("--quant", "mixed", "--trials", "4", "--population", "3", "--seed", "3"));
    arguments.addAll(List.of("--samples", "640", "--no-final", "--json"));
    arguments.addAll(List.of(more));
    return Program.run(arguments.toArray(String[]::new));
  }

  /** Each a random moment after one more trial was told, so that none comes after the end. */
  private void killedAtRandomMoments(Path out, int times) throws Exception {
    Random random = new Random(7);
    for (int i = 0; i < times; i++) {
      List<String> arguments = i == 0 ? arguments(out) : arguments(out, "--resume");
      try (Running search = start("killed" + i, arguments)) {
        search.awaitSaid("(?m)^trial ");
        Thread.sleep(random.nextInt(400));
        search.signal("KILL");
        assertEquals(128 + 9, search.ended());
        search.awaitNothingLeft();
      }
    }
  }

  @Test
  void ctrlCStopsWithinTwoSecondsAndSaysHowToGoOn() throws Exception {
    long begin = System.nanoTime();
    Program.run("--version");
    long start = System.nanoTime() - begin;
    try (Running search = start("log", arguments(folder.resolve("stopped")))) {
      search.awaitSaid("(?m)^trial ");
      long sent = System.nanoTime();
      search.signal("INT");
      assertEquals(130, search.ended(), search.said());
      // On a busy machine everything takes longer, as starting the program did.
      long most = TimeUnit.SECONDS.toNanos(2) + 3 * start;
      long took = System.nanoTime() - sent;
      assertTrue(took < most, () -> "ended after " + took / 1e9 + " s, not " + most / 1e9);
      assertTrue(search.said().contains("--resume"), search.said());
      search.awaitNothingLeft();
    }
  }

  @Test
  void anExperimentIsOpenInOneProcessOnly() throws Exception {
    Path out = folder.resolve("open");
    try (Running search = start("log", arguments(out))) {
      search.awaitSaid("seed 3"); // the store is open by then
      Program.Result second = search(out, "--resume");
      assertTrue(search.runs(), search.said());
      assertNotEquals(0, second.exitCode());
      assertTrue(second.stderr().contains("open in"), second.stderr());
    }
  }

  private Running start(String log, List<String> arguments) throws Exception {
    return Program.start(folder.resolve(log), arguments.toArray(String[]::new));
  }

  private Program.Result search(Path out, String... more) throws Exception {
    return Program.run(arguments(out, more).toArray(String[]::new));
  }

  private List<String> arguments(Path out, String... more) {
    List<String> arguments = new ArrayList<>(List.of("search", "--out", out.toString()));
    arguments.addAll(List.of("--data", data.toString()));
    arguments.addAll(List.of(SMALL));
    arguments.addAll(List.of(more));
    return arguments;
  }

  /** Without what may differ: times and places. */
  private static JsonNode timeless(JsonNode result) {
    ObjectNode copy = result.deepCopy();
    copy.remove("report");
    copy.get("trials").forEach(trial -> ((ObjectNode) trial).remove("startedAt"));
    copy.findParents(KEPT).forEach(kept -> ((ObjectNode) kept).remove(KEPT));
    copy.get("front").forEach(point -> ((ObjectNode) point).remove("model"));
    return copy;
  }
}
