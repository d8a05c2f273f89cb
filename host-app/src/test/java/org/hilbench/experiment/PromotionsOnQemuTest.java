package org.hilbench.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hilbench.data.SensorWindows;
import org.hilbench.desk.Home;
import org.hilbench.exec.ExecRunner;
import org.hilbench.firmware.CompileWatcher;
import org.hilbench.firmware.Workshop;
import org.hilbench.store.TrialJson;
import org.hilbench.testkit.SharedData;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A small search by successive halving, trained, built and run for real. */
@Tag("sim")
@Timeout(300)
class PromotionsOnQemuTest {
  @TempDir Path folder;

  @Test
  void theBestIsTrainedOnWithinTheSearchAndMeasuredAgain() throws Exception {
    Workshop.builder();
    assumeTrue(new ExecRunner().find("qemu-system-arm").isPresent(), "absent: qemu-system-arm");
    Path data = Files.createDirectories(folder.resolve("data"));
    SensorWindows.write(data, 400, 40);
    Map<String, Object> stated =
        Map.ofEntries(
            Map.entry("dataset", "sensor-windows"),
            Map.entry("data", data.toString()),
            Map.entry("space", "chain"),
            Map.entry("strategy", "successiveHalving"),
            Map.entry("successiveHalving.rungs", 2),
            Map.entry("trials", 3),
            Map.entry("samples", 384),
            Map.entry("noFinal", true));
    JsonNode json = run(stated);
    assertEquals(4, json.get("trials").size());
    JsonNode promoted = null;
    for (JsonNode trial : json.get("trials")) {
      assertEquals("evaluated", trial.get("outcome").textValue(), trial::toString);
      promoted = trial.get("rung").intValue() == 1 ? trial : promoted;
    }
    assertTrue(promoted != null, json::toString);
    JsonNode before = json.get("trials").get(promoted.get("id").intValue());
    assertEquals(promoted.get("id"), before.get("id"));
    assertNotEquals(promoted.get("modelSha256"), before.get("modelSha256"));
    for (JsonNode point : json.get("front")) {
      boolean best = point.get("id").equals(promoted.get("id"));
      assertEquals(best ? 1 : 0, point.get("rung").intValue(), point::toString);
    }
  }

  private JsonNode run(Map<String, Object> stated) throws Exception {
    Home home = new Home(SharedData.repository(), Workshop.cache());
    Experiment.Opening opening =
        new Experiment.Opening(
            new RunFolder(folder.resolve("run")),
            stated,
            false,
            List.of(),
            CompileWatcher.NOBODY,
            Toys.providers());
    try (Experiment open = Experiment.open(home, opening, opening.plan(home))) {
      assertEquals(4, open.trials());
      return TrialJson.mapper()
          .readTree(
              org.hilbench.report.Json.text(
                  open.run(ExperimentListener.NOBODY).orElseThrow().json()));
    }
  }
}
