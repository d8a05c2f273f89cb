package org.hilbench.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.hilbench.trial.SampleTrials;
import org.hilbench.trial.Trial;

/** A process that appends trials, each said on stdout once it is stored, until it is killed. */
final class EndlessWriter {
  private static final int MOST = 150;
  static final int ARTIFACT_BYTES = 200_000;

  private EndlessWriter() {}

  public static void main(String[] args) throws Exception {
    List<Trial> trials = trials();
    try (TrialStore store = SqliteTrialStore.open(Path.of(args[0]))) {
      int next = store.trials().size();
      System.out.println("open " + next);
      for (int i = next; i < MOST; i++) {
        store.append(trials.get(i), SampleTrials.artifacts(trials.get(i), ARTIFACT_BYTES));
        System.out.printf(Locale.ROOT, "stored %03d%n", i);
      }
    }
  }

  static List<Trial> trials() {
    return SampleTrials.search(MOST, 3);
  }
}
