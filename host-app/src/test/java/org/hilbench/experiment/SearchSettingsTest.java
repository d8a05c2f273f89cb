package org.hilbench.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.hilbench.BenchException;
import org.hilbench.search.TellOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchSettingsTest {
  @TempDir Path folder;

  @Test
  void anEmptyStatementGivesTheDefaults() throws Exception {
    assertEquals(SearchSettings.DEFAULTS, SearchSettings.of("test", Map.of()));
  }

  @Test
  void everyKeyOfAnExperimentFileIsTaken() throws Exception {
    Path file = folder.resolve("experiment.yaml");
    Files.writeString(
        file,
        """
        dataset: fashion-mnist
        data: /data
        board: [mps2-an386, mps2-an500]
        strategy: evolution
        trials: 5
        seed: 7
        kernels: hilbench
        upload: true
        quant: int8
        objective: [accuracy, flash]
        constraint: latency < 50 ms
        random: {}
        evolution: {population: 4}
        window: 1
        inFlight: 2
        tells: arrival
        samples: 640
        finalSamples: 1280
        noFinal: true
        """);
    SearchSettings settings = SearchSettings.of("test", SearchSettings.read(file));
    assertEquals(
        new SearchSettings(
            "fashion-mnist",
            "/data",
            List.of("mps2-an386", "mps2-an500"),
            "evolution",
            5,
            7,
            "hilbench",
            "",
            true,
            "int8",
            List.of("accuracy", "flash"),
            List.of("latency < 50 ms"),
            Map.of("population", "4"),
            1,
            Optional.of(2),
            TellOrder.BY_ARRIVAL,
            640,
            1280,
            true),
        settings);
    assertEquals(settings, SearchSettings.parse(settings.flags()));
  }

  @Test
  void keysAndValuesThatAreWrongAreNamed() {
    refused("'trails' is unknown; known: board", Map.of("trails", 3));
    refused("trials is 0, wanted: 1 or more", Map.of("trials", 0));
    refused("population is 1", Map.of("population", 1));
    refused("many", Map.of("trials", "many"));
  }

  private static void refused(String said, Map<String, Object> stated) {
    BenchException e = assertThrows(BenchException.class, () -> SearchSettings.of("test", stated));
    assertEquals(BenchException.Kind.USAGE, e.kind());
    assertTrue(e.getMessage().contains(said), e.getMessage());
  }

  @Test
  void theTextFormOfEverySeedIsReadBack() throws Exception {
    for (long seed : new long[] {0, -1, Long.MAX_VALUE, Long.MIN_VALUE}) {
      SearchSettings settings = SearchSettings.of("test", Map.of("seed", seed));
      assertEquals(settings, SearchSettings.parse(settings.flags()));
    }
  }

  @Test
  void aResumeComparesOnlyWhatWasStated() throws Exception {
    SearchSettings settings = SearchSettings.of("test", Map.of("finalSamples", 1280, "seed", 2));
    assertEquals(
        Map.of("--final-samples", "1280", "--seed", "2"),
        settings.flags(Set.of("finalSamples", "seed")));
  }

  @Test
  void theCommandLineNamesWhatIsNotTheDefault() throws Exception {
    SearchSettings settings =
        SearchSettings.of(
            "test",
            Map.of(
                "trials",
                16,
                "upload",
                true,
                "constraint",
                List.of("latency < 50 ms", "flash < 200 KiB")));
    assertEquals(
        "--trials 16 --seed 1 --upload --constraint 'latency < 50 ms' --constraint 'flash < 200"
            + " KiB'",
        settings.commandLine());
  }

  @Test
  void aValueOfTheWrongKindIsNamedWithWhatIsWanted() {
    assertEquals(
        "test: tells 'sometimes' is unknown; known: number, arrival",
        refusal(Map.of("tells", "sometimes")));
    assertEquals("test: trials is 'many', wanted: a number", refusal(Map.of("trials", "many")));
    assertEquals(
        "test: upload is 'maybe', wanted: true or false", refusal(Map.of("upload", "maybe")));
  }

  private static String refusal(Map<String, Object> stated) {
    BenchException refused =
        assertThrows(BenchException.class, () -> SearchSettings.of("test", stated));
    return String.valueOf(refused.getMessage());
  }

  @Test
  void theOldKeyOfEvolutionsPopulationIsStillRead() throws Exception {
    Map<String, Object> old = Map.of("population", 4);
    Map<String, Object> block = Map.of("evolution", Map.of("population", 4));
    SearchSettings settings = SearchSettings.of("test", block);
    assertEquals(settings, SearchSettings.of("test", old));
    assertEquals("--seed 1 --set evolution.population=4", settings.commandLine());
    Map<String, String> kept = Map.of("--set evolution.population", "4");
    assertEquals(kept, settings.flags(block.keySet()));
    assertEquals(kept, settings.flags(old.keySet()));

    Map<String, String> stored = new TreeMap<>(settings.flags());
    stored.keySet().removeAll(kept.keySet());
    stored.put("--population", "4");
    assertEquals(settings, SearchSettings.parse(stored));
  }

  @Test
  void onlyTheChosenStrategysSettingsHoldThoughAllBlocksAreChecked() throws Exception {
    Map<String, Object> random = Map.of("strategy", "random", "evolution", Map.of("population", 4));
    SearchSettings settings = SearchSettings.of("test", random);
    assertEquals(Map.of(), settings.strategySettings());
    assertEquals(settings, SearchSettings.parse(settings.flags()));
    assertEquals(
        "test: evolution: population is 1, wanted: 2 or more",
        refusal(Map.of("strategy", "random", "evolution", Map.of("population", 1))));
    assertEquals(
        "test: evolution: popluation is unknown; known: population",
        refusal(Map.of("evolution", Map.of("popluation", 4))));
    assertEquals(
        "test: evolution wants its settings as keys, such as {population: 8}",
        refusal(Map.of("evolution", 4)));
  }

  @Test
  void howManyAreInFlightIsAbsentUntilItIsDecidedAndThenKept() throws Exception {
    SearchSettings settings = SearchSettings.of("test", Map.of());
    assertEquals(Optional.empty(), settings.inFlight());
    assertFalse(settings.flags().containsKey("--in-flight"));
    SearchSettings decided = settings.withInFlight(5);
    assertEquals("5", decided.flags().get("--in-flight"));
    assertEquals(decided, SearchSettings.begun(decided.flags()));
    assertEquals(settings.withInFlight(3), SearchSettings.begun(settings.flags()));
    refused("inFlight is 0, wanted: 1 or more", Map.of("inFlight", 0));
  }
}
