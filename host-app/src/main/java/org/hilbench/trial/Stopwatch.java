package org.hilbench.trial;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes how long each stage of one trial took, also of the one that failed. */
final class Stopwatch {
  private static final Logger LOG = LoggerFactory.getLogger(Stopwatch.class);

  private final String trial;
  private final Map<Stage, Duration> spent = new EnumMap<>(Stage.class);

  private Stage current = Stage.PROPOSE;

  Stopwatch(String trial) {
    this.trial = trial;
  }

  /** Work that can fail because the world does. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws BenchException;
  }

  <T> T time(Stage stage, Work<T> work) throws BenchException {
    current = stage;
    long begin = System.nanoTime();
    try {
      return work.run();
    } finally {
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      spent.merge(stage, took, Duration::plus);
      LOG.info("trial={} stage={} ms={}", trial, stage, took.toMillis());
    }
  }

  /** The stage that is timed, or was last. */
  Stage current() {
    return current;
  }

  /** Adds time that was measured elsewhere. */
  void add(Stage stage, Duration took) {
    spent.merge(stage, took, Duration::plus);
  }

  Map<Stage, Duration> spent() {
    return Map.copyOf(spent);
  }
}
