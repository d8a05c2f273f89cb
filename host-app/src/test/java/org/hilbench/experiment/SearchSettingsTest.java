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
import org.hilbench.data.Datasets;
import org.hilbench.search.SearchStrategy;
import org.hilbench.search.Strategies;
import org.hilbench.search.StrategyContext;
import org.hilbench.search.StrategyProvider;
import org.hilbench.search.TellOrder;
import org.hilbench.space.Spaces;
import org.hilbench.trial.StepOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchSettingsTest {
  private static final SettingsReader READER = SettingsReader.standard();

  @TempDir Path folder;

  @Test
  void anEmptyStatementGivesTheDefaults() throws Exception {
    assertEquals(SearchSettings.DEFAULTS, READER.of("test", Map.of()));
  }

  @Test
  void theOrderOfTheStepsIsSaidOnlyWhereItIsAnother() throws Exception {
    SettingsReader reader = SettingsReader.standard();
    SearchSettings usual = reader.of("test", Map.of());
    assertEquals(StepOrder.STANDARD, usual.order());
    assertFalse(usual.flags().containsKey("--steps"));
    List<String> steps = List.of("fit", "train", "quantize", "measure", "evaluate", "sense");
    SearchSettings fitFirst = reader.of("test", Map.of("steps", steps));
    assertEquals(StepOrder.parse(steps), fitFirst.order());
    assertEquals(fitFirst, reader.parse(fitFirst.flags()));
    refused("steps: step 'quantise' is unknown", Map.of("steps", List.of("quantise")));
  }

  @Test
  void everyKeyOfAnExperimentFileIsTaken() throws Exception {
    Path file = folder.resolve("experiment.yaml");
    Files.writeString(
        file,
        """
        dataset: fashion-mnist
        data: /data
        space: image
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
        steps: [fit, train, quantize, measure, evaluate, sense]
        noFinal: true
        """);
    SearchSettings settings = READER.of("test", READER.read(file));
    assertEquals(
        new SearchSettings(
            "fashion-mnist",
            "/data",
            "image",
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
            Optional.of(List.of("fit", "train", "quantize", "measure", "evaluate", "sense")),
            true),
        settings);
    assertEquals(settings, READER.parse(settings.flags()));
  }

  @Test
  void keysAndValuesThatAreWrongAreNamed() {
    refused("'trails' is unknown; known: board", Map.of("trails", 3));
    refused("trials is 0, wanted: 1 or more", Map.of("trials", 0));
    refused("population is 1", Map.of("population", 1));
    refused("many", Map.of("trials", "many"));
  }

  private static void refused(String said, Map<String, Object> stated) {
    BenchException e = assertThrows(BenchException.class, () -> READER.of("test", stated));
    assertEquals(BenchException.Kind.USAGE, e.kind());
    assertTrue(e.getMessage().contains(said), e.getMessage());
  }

  @Test
  void theTextFormOfEverySeedIsReadBack() throws Exception {
    for (long seed : new long[] {0, -1, Long.MAX_VALUE, Long.MIN_VALUE}) {
      SearchSettings settings = READER.of("test", Map.of("seed", seed));
      assertEquals(settings, READER.parse(settings.flags()));
    }
  }

  @Test
  void aResumeComparesOnlyWhatWasStated() throws Exception {
    SearchSettings settings = READER.of("test", Map.of("finalSamples", 1280, "seed", 2));
    assertEquals(
        Map.of("--final-samples", "1280", "--seed", "2"),
        settings.flags(Set.of("finalSamples", "seed")));
  }

  @Test
  void theCommandLineNamesWhatIsNotTheDefault() throws Exception {
    SearchSettings settings =
        READER.of(
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
    BenchException refused = assertThrows(BenchException.class, () -> READER.of("test", stated));
    return String.valueOf(refused.getMessage());
  }

  @Test
  void theOldKeyOfEvolutionsPopulationIsStillRead() throws Exception {
    Map<String, Object> old = Map.of("population", 4);
    Map<String, Object> block = Map.of("evolution", Map.of("population", 4));
    SearchSettings settings = READER.of("test", block);
    assertEquals(settings, READER.of("test", old));
    assertEquals("--seed 1 --set evolution.population=4", settings.commandLine());
    Map<String, String> kept = Map.of("--set evolution.population", "4");
    assertEquals(kept, settings.flags(block.keySet()));
    assertEquals(kept, settings.flags(old.keySet()));

    Map<String, String> stored = new TreeMap<>(settings.flags());
    stored.keySet().removeAll(kept.keySet());
    stored.put("--population", "4");
    assertEquals(settings, READER.parse(stored));
  }

  @Test
  void onlyTheChosenStrategysSettingsHoldThoughAllBlocksAreChecked() throws Exception {
    Map<String, Object> random = Map.of("strategy", "random", "evolution", Map.of("population", 4));
    SearchSettings settings = READER.of("test", random);
    assertEquals(Map.of(), settings.strategySettings());
    assertEquals(settings, READER.parse(settings.flags()));
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
    SearchSettings settings = READER.of("test", Map.of());
    assertEquals(Optional.empty(), settings.inFlight());
    assertFalse(settings.flags().containsKey("--in-flight"));
    SearchSettings decided = settings.withInFlight(5);
    assertEquals("5", decided.flags().get("--in-flight"));
    assertEquals(decided, READER.begun(decided.flags()));
    assertEquals(settings.withInFlight(3), READER.begun(settings.flags()));
    refused("inFlight is 0, wanted: 1 or more", Map.of("inFlight", 0));
  }

  @Test
  void theSpaceIsOneThatIsKnownAndAnOldRecordHasTheUsualOne() throws Exception {
    assertEquals("test: space 'imge' is unknown; known: image", refusal(Map.of("space", "imge")));
    SearchSettings settings = READER.of("test", Map.of());
    assertEquals("image", settings.flags().get("--space"));
    Map<String, String> old = new TreeMap<>(settings.flags());
    old.remove("--space");
    assertEquals(settings, READER.parse(old));

    SettingsReader toys = new SettingsReader(Toys.providers());
    SearchSettings chain = toys.of("test", Map.of("space", "chain"));
    assertEquals("--space chain --seed 1", chain.commandLine());
    assertEquals(chain, toys.parse(chain.flags()));
  }

  @Test
  void theSettingsOfAStrategyThatOnlyItsOwnClassKnowsAreReadRecordedAndReadBack() throws Exception {
    SettingsReader toys = new SettingsReader(Toys.providers());
    Map<String, Object> stated =
        Map.of("strategy", "hillClimbing", "hillClimbing", Map.of("restart", 0.25));
    SearchSettings settings = toys.of("test", stated);
    assertEquals(Map.of("start", "3", "restart", "0.25"), settings.strategySettings());
    String line = settings.commandLine();
    assertTrue(line.contains("--strategy hillClimbing"), line);
    assertTrue(line.contains("--set hillClimbing.restart=0.25"), line);
    assertEquals(settings, toys.parse(settings.flags()));
  }

  @Test
  void aStrategyThatIsCalledAsAKeyIsRefused() {
    StrategyProvider<StrategyProvider.None> trials =
        new StrategyProvider<>() {
          @Override
          public String name() {
            return "trials";
          }

          @Override
          public None defaults() {
            return new None();
          }

          @Override
          public SearchStrategy create(None settings, StrategyContext context) {
            throw new AssertionError();
          }
        };
    Providers odd =
        new Providers(Datasets.standard(), Spaces.standard(), new Strategies(List.of(trials)));
    assertThrows(IllegalArgumentException.class, () -> new SettingsReader(odd));
  }
}
