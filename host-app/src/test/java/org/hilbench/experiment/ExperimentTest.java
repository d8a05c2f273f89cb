package org.hilbench.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hilbench.BenchException;
import org.hilbench.desk.Home;
import org.hilbench.firmware.CompileWatcher;
import org.hilbench.store.ExperimentRecord;
import org.hilbench.store.SqliteTrialStore;
import org.hilbench.testkit.SharedData;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExperimentTest {
  private static final Map<String, Object> STATED = Map.of("board", List.of("mps2-an386"));

  @TempDir private Path folder;

  @Test
  void aSearchThatBeganOnABoardDoesNotGoOnWithoutItAndLeavesNothingOpen() throws Exception {
    assumeData();
    beganOn("board");
    Set<Long> before = mine();
    BenchException told = assertThrows(BenchException.class, this::resume);
    assertEquals(BenchException.Kind.ENVIRONMENT, told.kind());
    assertTrue(
        told.getMessage().startsWith("mps2-an386 was measured on the board itself"),
        told::getMessage);
    SqliteTrialStore.open(folder).close(); // its lock is free
    assertEquals(before, mine());
  }

  @Test
  void howManyTrialsAreInFlightIsDecidedByProcessorsAndBoardsAndRecorded() throws Exception {
    assumeData();
    ExperimentPlan plan =
        ExperimentPlan.of(
            home(), Providers.standard(), SettingsReader.standard().of("test", STATED));
    int each = Runtime.getRuntime().availableProcessors() + plan.settings().board().size();
    assertEquals(Optional.of(each), plan.settings().inFlight());
    assertEquals(
        Integer.toString(each), plan.record(Instant.EPOCH, Map.of()).flags().get("--in-flight"));
  }

  @Test
  void aSearchThatNeverBeganIsNotGoneOnWith() throws Exception {
    assumeData();
    SqliteTrialStore.open(folder).close();
    BenchException told = assertThrows(BenchException.class, this::resume);
    assertEquals(BenchException.Kind.USAGE, told.kind());
    assertTrue(told.getMessage().contains(folder + " holds a search that never began"));
  }

  @Test
  void aConstraintNamesATargetThatIsMeasured() throws Exception {
    assumeData();
    SettingsReader reader = SettingsReader.standard();
    Map<String, Object> stated = Map.of("constraint", "latency < 5 ms on mps2-an386");
    SearchSettings measured = reader.of("test", stated);
    assertEquals(
        "latency < 5 ms on mps2-an386",
        ExperimentPlan.of(home(), Providers.standard(), measured)
            .goal()
            .constraints()
            .get(0)
            .toString());
    SearchSettings other =
        reader.of("test", Map.of("constraint", "latency < 5 ms on nucleo-l4r5zi"));
    BenchException told =
        assertThrows(
            BenchException.class, () -> ExperimentPlan.of(home(), Providers.standard(), other));
    assertEquals(BenchException.Kind.USAGE, told.kind());
    assertEquals(
        "constraint 'latency < 5 ms on nucleo-l4r5zi' names a board that the search does not"
            + " measure on; it measures on [mps2-an386]",
        told.getMessage());
  }

  private static void assumeData() {
    Assumptions.assumeTrue(
        Files.exists(Path.of("/usr/share/datasets/fashion-mnist")),
        "absent: the package dataset-fashion-mnist");
  }

  private Home home() throws BenchException {
    return new Home(SharedData.repository(), folder.resolve("cache"));
  }

  private void beganOn(String where) throws BenchException {
    try (SqliteTrialStore store = SqliteTrialStore.open(folder)) {
      store.begin(
          new ExperimentRecord(
              Instant.EPOCH,
              SettingsReader.standard().of("test", STATED).flags(),
              Optional.of(Map.of("mps2-an386", where))));
    }
  }

  private void resume() throws BenchException {
    Home home = home();
    Experiment.Opening opening =
        new Experiment.Opening(
            new RunFolder(folder), STATED, true, List.of(), CompileWatcher.NOBODY);
    Experiment.open(home, opening, opening.plan(home)).close();
  }

  /** The bench's threads, and child processes; given a moment to end. */
  private static Set<Long> mine() throws InterruptedException {
    Set<Long> alive = Set.of();
    for (int wait = 0; wait < 600; wait++) {
      alive =
          ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
      Set<Long> threads =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> List.of("bench", "trial").contains(thread.getName()))
              .map(Thread::getId)
              .collect(Collectors.toSet());
      alive.addAll(threads);
      if (alive.isEmpty()) {
        break;
      }
      Thread.sleep(100);
    }
    return alive;
  }
}
