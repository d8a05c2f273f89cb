package org.hilbench.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.hilbench.BenchException;
import org.hilbench.trial.Artifact;
import org.hilbench.trial.SampleTrials;
import org.hilbench.trial.Trial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real writers in processes of their own, killed with SIGKILL. */
@Timeout(300)
final class KilledWriterTest {
  private static final int KILLS = 6;
  private static final List<Trial> TRIALS = EndlessWriter.trials();

  @TempDir Path folder;

  @Test
  void aWriterKilledAtAnyMomentLeavesEveryTrialThatItSaidWasStored() throws Exception {
    Random random = new Random();
    int stored = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      int said = Math.max(stored, runAndKill(random.nextInt(120)));
      stored = trialsInStore();
      assertTrue(stored == said || stored == said + 1, stored + " stored, " + said + " said");
    }
    assertTrue(stored >= KILLS, "only " + stored + " trials were written between the kills");
  }

  /** How many trials the writer said were stored when it was killed this long after its first. */
  private int runAndKill(int millis) throws IOException, InterruptedException {
    Process writer = start();
    awaitLines(writer, 2);
    Thread.sleep(millis);
    writer.destroyForcibly().waitFor();
    String last =
        Files.readString(output())
            .lines()
            .filter(line -> line.matches("stored \\d{3}"))
            .reduce("", (a, b) -> b);
    return Integer.parseInt(last.substring(last.lastIndexOf(' ') + 1)) + 1;
  }

  private int trialsInStore() throws BenchException {
    try (TrialStore store = SqliteTrialStore.open(folder)) {
      List<Trial> trials = store.trials();
      assertTrue(TRIALS.subList(0, trials.size()).equals(trials), "a stored trial differs");
      for (Trial trial : trials) {
        assertArtifacts(trial, store.artifacts(trial.key()));
      }
      return trials.size();
    }
  }

  private static void assertArtifacts(Trial trial, List<Artifact> stored) {
    List<Artifact> made = SampleTrials.artifacts(trial, EndlessWriter.ARTIFACT_BYTES);
    assertEquals(made.size(), stored.size());
    for (int i = 0; i < made.size(); i++) {
      assertArrayEquals(made.get(i).bytes(), stored.get(i).bytes());
    }
  }

  @Test
  void aSecondProcessIsToldWhichOneHoldsTheExperiment() throws Exception {
    Process writer = start();
    try {
      awaitLines(writer, 1);
      BenchException refused =
          assertThrows(BenchException.class, () -> SqliteTrialStore.open(folder));
      assertEquals(BenchException.Kind.ENVIRONMENT, refused.kind());
      String who = "already open in process " + writer.pid() + ";";
      assertTrue(refused.getMessage().contains(who), refused.getMessage());
    } finally {
      writer.destroyForcibly().waitFor();
    }
    SqliteTrialStore.open(folder).close();
  }

  private Path output() {
    return folder.resolve("stdout");
  }

  private void awaitLines(Process writer, long count) throws IOException, InterruptedException {
    while (Files.readString(output()).lines().count() < count) {
      assertTrue(writer.isAlive(), "the writer ended: " + Files.readString(output()));
      Thread.sleep(5);
    }
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            EndlessWriter.class.getName(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .redirectOutput(output().toFile())
        .start();
  }
}
