package org.hilbench.trial;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hilbench.Stage;
import org.hilbench.space.Architecture;

/**
 * One candidate's way through all stages, and how it ended.
 *
 * <p>A trial of the front that was trained on is a second trial of the same {@code number} with
 * {@link Fidelity#FINAL}; both are kept.
 *
 * @param number counts from 0, in the order of proposing
 * @param parents numbers of the trials that this one was bred from; none for a random one
 * @param seen how many trials the strategy knew the outcome of when it proposed this one
 * @param spent working time by stage; a stage whose result was reused is absent
 */
public record Trial(
    int number,
    Architecture architecture,
    List<Integer> parents,
    int seen,
    Instant startedAt,
    Instant finishedAt,
    Fidelity fidelity,
    Outcome outcome,
    Map<Stage, Duration> spent,
    Provenance provenance) {
  public Trial {
    if (number < 0 || seen < 0 || seen > number) {
      throw new IllegalArgumentException("trial " + number + " cannot have seen " + seen);
    }
    Objects.requireNonNull(architecture);
    parents = List.copyOf(parents);
    for (int parent : parents) {
      if (parent < 0 || parent >= number) {
        throw new IllegalArgumentException("trial " + number + " cannot descend from " + parent);
      }
    }
    Objects.requireNonNull(startedAt);
    Objects.requireNonNull(finishedAt);
    Objects.requireNonNull(fidelity);
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
      throw new IllegalStateException("trial " + number + " takes no test accuracy: " + outcome);
    }
    return new Trial(
        number,
        architecture,
        parents,
        seen,
        startedAt,
        finishedAt,
        fidelity,
        evaluated.with(evaluated.accuracy().withTest(int8)),
        spent,
        provenance);
  }

  /** Wall time from start to end; zero where the clock was set back in between. */
  public Duration elapsed() {
    return finishedAt.isBefore(startedAt) ? Duration.ZERO : Duration.between(startedAt, finishedAt);
  }
}
