package org.hilbench.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.hilbench.BenchException;
import org.hilbench.report.HtmlReport;
import org.hilbench.report.TextReport;
import org.hilbench.search.Asked;
import org.hilbench.search.Proposal;
import org.hilbench.search.SearchListener;
import org.hilbench.search.Told;
import org.hilbench.search.TrialKey;
import org.hilbench.store.ExperimentRecord;
import org.hilbench.store.InMemoryTrialStore;
import org.hilbench.store.TrialJson;
import org.hilbench.store.TrialStore;
import org.hilbench.train.TrainingTask;
import org.hilbench.trial.Artifact;
import org.hilbench.trial.SampleTrials;
import org.hilbench.trial.Trial;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A strategy that promotes, from its asks to what is trained, stored, told again and shown. */
@Timeout(300)
class PromotionsTest {
  @TempDir static Path folder;
  private static final InMemoryTrialStore store = new InMemoryTrialStore();
  private static HalvingSearch search;

  /** What a search came to that nothing befell. */
  private static List<Told> told;

  @BeforeAll
  static void search() throws Exception {
    search = new HalvingSearch(folder.resolve("data"), HalvingSearch.NETWORKS, true);
    told = search.run(store, SearchListener.NONE);
    store.begin(experiment());
  }

  @Test
  void eachIsTrainedOnMeasuredStoredAndToldUnderItsKey() throws Exception {
    assertEquals(Map.of(0, 9L, 1, 3L, 2, 1L), byRung(told));
    assertEquals(Set.copyOf(told), Set.copyOf(StoredTrials.read(store).told()));
    Map<String, TrainingTask> trained =
        search.trained.stream()
            .filter(task -> !task.name().contains("final"))
            .collect(Collectors.toMap(TrainingTask::name, task -> task));
    assertEquals(13, trained.size());
    Set<String> measured = new HashSet<>();
    search.bench.jobs().forEach(job -> measured.add(job.modelSha256()));
    assertTrue(measured.size() >= 13, "each has a model of its own");
    for (Trial trial : StoredTrials.read(store).searched()) {
      TrainingTask task = trained.get(trial.key().toString());
      assertEquals(List.of(71L, 142L, 427L).get(trial.rung()), task.recipe().samples());
      String start =
          trial.rung() == 0
              ? "fresh"
              : "parent " + key(trial.key().on(trial.rung() - 1), Artifact.WEIGHTS);
      assertEquals(start, task.weights().key());
    }
  }

  private static Map<Integer, Long> byRung(List<Told> told) {
    return told.stream()
        .collect(Collectors.groupingBy(one -> one.key().rung(), Collectors.counting()));
  }

  private static String key(TrialKey trial, String name) throws BenchException {
    return store.artifacts(trial).stream()
        .filter(artifact -> artifact.name().equals(name))
        .findFirst()
        .orElseThrow()
        .key()
        .hash();
  }

  @Test
  void whereItsRungsSaySoItIsTrainedAnew() throws Exception {
    HalvingSearch anew = new HalvingSearch(folder.resolve("more"), 3, false);
    anew.run(new InMemoryTrialStore(), SearchListener.NONE);
    for (TrainingTask task : anew.trained) {
      assertEquals("fresh", task.weights().key());
    }
    assertEquals(
        Map.of(71L, 3L, 213L, 1L),
        anew.trained.stream()
            .collect(
                Collectors.groupingBy(task -> task.recipe().samples(), Collectors.counting())));
  }

  @Test
  void wherePromotionLeavesTheModelAsItWasItsMeasurementIsTaken() throws Exception {
    HalvingSearch same = new HalvingSearch(folder.resolve("same"), 3, true).learningNoMore();
    InMemoryTrialStore kept = new InMemoryTrialStore();
    same.run(kept, SearchListener.NONE);
    assertEquals(4, same.trained.size());
    assertEquals(3, same.bench.jobs().size(), "one a network");
    Trial promoted =
        kept.trials().stream().filter(one -> one.rung() == 1).findFirst().orElseThrow();
    Trial before = kept.trials().get(promoted.number());
    assertEquals(Verdicts.of(before.outcome()), Verdicts.of(promoted.outcome()));
    assertTrue(promoted.outcome().on().get(SampleTrials.TARGET).keptSince().isPresent());
  }

  @Test
  void aRungThatTheStrategyDidNotNameEndsTheSearch() {
    ExecutorService none = Executors.newCachedThreadPool();
    TrialStarter starter =
        new TrialStarter(search.pipeline(store), store, none, ExperimentListener.NOBODY);
    Proposal proposal = new Proposal(SampleTrials.search(1, 1).get(0).architecture(), List.of(), 0);
    Throwable refused =
        starter.start(new Asked(4, new TrialKey(1, 3), proposal)).handle((told, e) -> e).join();
    assertEquals(BenchException.Kind.USAGE, ((BenchException) refused).kind());
    assertTrue(refused.getMessage().startsWith("trial 1 on rung 3 is wanted, but the highest"));
    none.shutdownNow();
  }

  @Test
  void onlyTheHighestRungOfATrialIsOnTheFrontTrainedOnAndShown() throws Exception {
    RunFolder run = new RunFolder(folder.resolve("run"));
    Map<Integer, Integer> highest = new TreeMap<>();
    store.trials().forEach(one -> highest.merge(one.number(), one.rung(), Math::max));
    List<Trial> front = Front.of(store, HalvingSearch.GOAL).searched();
    front.forEach(one -> assertEquals(highest.get(one.number()), one.rung(), one::toString));
    assertTrue(front.stream().anyMatch(one -> one.rung() > 0), front::toString);
    assertEquals(front.size(), front.stream().map(Trial::number).distinct().count());
    assertShown(ExperimentResult.of(store, run, Toys.providers()), front);

    ExecutorService threads = Executors.newCachedThreadPool();
    new FinalRound(search.pipeline(store), store, threads, ExperimentListener.NOBODY)
        .trainOn(FinalRound.best(front));
    threads.shutdownNow();
    assertEquals(3, StoredTrials.read(store).finals().size());
    for (Trial last : StoredTrials.read(store).finals().values()) {
      assertEquals(3, last.rung());
      TrialKey before = last.key().on(highest.get(last.number()));
      String start = "parent " + key(before, Artifact.WEIGHTS);
      assertTrue(search.trained.stream().anyMatch(task -> task.weights().key().equals(start)));
      assertNotEquals(key(before, Artifact.MODEL), key(last.key(), Artifact.MODEL));
    }
  }

  private static void assertShown(ExperimentResult result, List<Trial> front)
      throws BenchException {
    JsonNode json = TrialJson.mapper().valueToTree(result.json());
    assertEquals(13, json.get("trials").size());
    Map<Integer, Integer> shown = new TreeMap<>();
    json.get("front")
        .forEach(one -> shown.put(one.get("id").intValue(), one.get("rung").intValue()));
    assertEquals(front.stream().collect(Collectors.toMap(Trial::number, Trial::rung)), shown);
    String table = TextReport.render(result.report(), 160);
    String page = HtmlReport.render(result.report());
    assertTrue(table.contains("9 trials: 9 with numbers"), table);
    for (Trial trial : front) {
      if (trial.rung() > 0) {
        assertTrue(table.contains(" " + trial.number() + " r" + trial.rung() + " "), table);
        assertTrue(page.contains("<span class=\"badge rung\">rung " + trial.rung() + "</span>"));
      }
    }
  }

  private static ExperimentRecord experiment() throws BenchException {
    return new ExperimentRecord(
        Instant.EPOCH,
        new SettingsReader(Toys.providers())
            .of("test", Map.of("strategy", "successiveHalving", "space", "chain"))
            .flags());
  }

  @Test
  void killedAmongItsPromotionsItGoesOnToTheSame() throws Exception {
    Path killed = folder.resolve("killed");
    int least = 8;
    kill(killed, least);
    try (TrialStore left = HalvingSearch.open(killed)) {
      int stored = left.arrivals().size();
      assertTrue(stored >= least && stored < told.size(), stored + " are stored");
      HalvingSearch again =
          new HalvingSearch(folder.resolve("again"), HalvingSearch.NETWORKS, true);
      List<Told> all = again.run(left, SearchListener.NONE);
      assertEquals(Set.copyOf(told), Set.copyOf(all));
      assertEquals(told.size(), left.trials().size());
      assertEquals(told.size() - stored, again.trained.size(), "nothing is trained twice");
    }
  }

  /** With SIGKILL, once so many trials were told. */
  private static void kill(Path at, int lines) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                HalvingSearch.class.getName(),
                at.toString(),
                folder.resolve("other-data").toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (int line = 0; line < lines; line++) {
        assertTrue(String.valueOf(said.readLine()).startsWith("trial "), "it ended by itself");
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
  }
}
