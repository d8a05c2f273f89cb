package org.hilbench.trial;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.hilbench.Stage;
import org.hilbench.search.TrialKey;
import org.hilbench.space.Architecture;

/**
 * One candidate's way through all stages, and how it ended.
 *
 * <p>What became of a network on each rung is a trial of its own, with the same number in its key;
 * all are kept. Numbers count from 0, in the order of proposing.
 *
 * @param ask the number of the strategy's ask that it answers; absent where it is a final version,
 *     which the strategy did not ask for
 * @param parents numbers of the trials that this one was bred from; none for a random one
 * @param seen how many outcomes the strategy knew when it asked for this
 * @param spent working time by stage; a stage whose result was reused is absent
 */
public record Trial(
    TrialKey key,
    OptionalInt ask,
    Architecture architecture,
    List<Integer> parents,
    int seen,
    Instant startedAt,
    Instant finishedAt,
    Outcome outcome,
    Map<Stage, Duration> spent,
    Provenance provenance) {
  public Trial {
    Objects.requireNonNull(key);
    if (seen < 0 || seen > ask.orElse(Integer.MAX_VALUE)) {
      throw new IllegalArgumentException(key + " cannot have seen " + seen);
    }
    Objects.requireNonNull(architecture);
    parents = List.copyOf(parents);
    for (int parent : parents) {
      if (parent < 0 || parent >= key.number()) {
        throw new IllegalArgumentException(key + " cannot descend from " + parent);
      }
    }
    Objects.requireNonNull(startedAt);
    Objects.requireNonNull(finishedAt);
    Objects.requireNonNull(outcome);
    Map<Stage, Duration> byStage = new EnumMap<>(Stage.class);
    byStage.putAll(spent);
    spent = Collections.unmodifiableMap(byStage);
    Objects.requireNonNull(provenance);
  }

  /**
   * The same trial with its int8 accuracy on the test split.
   *
   * @throws IllegalStateException where it was not evaluated, or was read on that split before
   */
  public Trial withTest(double int8) {
    if (!(outcome instanceof Outcome.Evaluated evaluated)
        || evaluated.accuracy().int8Test().isPresent()) {
      throw new IllegalStateException(key + " takes no test accuracy: " + outcome);
    }
    return new Trial(
        key,
        ask,
        architecture,
        parents,
        seen,
        startedAt,
        finishedAt,
        evaluated.with(evaluated.accuracy().withTest(int8)),
        spent,
        provenance);
  }

  public int number() {
    return key.number();
  }

  public int rung() {
    return key.rung();
  }

  /** Whether it was trained at the final budget, after the search. */
  public boolean finalVersion() {
    return ask.isEmpty();
  }

  /** Wall time from start to end; zero where the clock was set back in between. */
  public Duration elapsed() {
    return finishedAt.isBefore(startedAt) ? Duration.ZERO : Duration.between(startedAt, finishedAt);
  }
}
