package org.hilbench.report;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.hilbench.Stage;
import org.hilbench.trial.Trial;

/** Where the time of a search went, over all versions of all trials. */
record StageTimes(Map<Stage, Row> rows, Duration work, Duration wall) {

  /** One stage: all of its time, and that of a trial in the middle. */
  record Row(Duration total, Duration median, int trials) {}

  static StageTimes of(List<Trial> trials) {
    Map<Stage, Row> rows = new EnumMap<>(Stage.class);
    Duration work = Duration.ZERO;
    for (Stage stage : Stage.values()) {
      List<Duration> times =
          trials.stream()
              .filter(trial -> trial.spent().containsKey(stage))
              .map(trial -> trial.spent().get(stage))
              .sorted()
              .toList();
      if (!times.isEmpty()) {
        Duration total = times.stream().reduce(Duration.ZERO, Duration::plus);
        rows.put(stage, new Row(total, times.get(times.size() / 2), times.size()));
        work = work.plus(total);
      }
    }
    return new StageTimes(rows, work, wall(trials));
  }

  /** From the first start to the last end, less the pauses in which nothing ran. */
  private static Duration wall(List<Trial> trials) {
    List<Trial> byStart =
        trials.stream().sorted(java.util.Comparator.comparing(Trial::startedAt)).toList();
    Duration wall = Duration.ZERO;
    Instant covered = Instant.MIN;
    for (Trial trial : byStart) {
      Instant from = trial.startedAt().isAfter(covered) ? trial.startedAt() : covered;
      if (trial.finishedAt().isAfter(from)) {
        wall = wall.plus(Duration.between(from, trial.finishedAt()));
        covered = trial.finishedAt();
      }
    }
    return wall;
  }

  /** The stage's part of all work, as a fraction of 1. */
  double share(Stage stage) {
    Row row = rows.get(stage);
    return row == null || work.isZero()
        ? 0
        : (double) row.total().toMillis() / Math.max(1, work.toMillis());
  }
}
