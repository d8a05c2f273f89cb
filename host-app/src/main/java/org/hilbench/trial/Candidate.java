package org.hilbench.trial;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.hilbench.search.TrialKey;
import org.hilbench.space.Architecture;
import org.hilbench.train.TrainingRecipe;
import org.hilbench.train.WeightSource;

/**
 * A network at the start of its way.
 *
 * @param ask that it answers; absent where it is a final version (see {@link Trial})
 * @param parents numbers of the trials that it was bred from
 * @param seen how many tells its proposal knew
 * @param recipe of its training on this rung
 * @param weights where its training starts
 */
public record Candidate(
    TrialKey key,
    OptionalInt ask,
    Architecture architecture,
    List<Integer> parents,
    int seen,
    TrainingRecipe recipe,
    WeightSource weights) {
  public Candidate {
    Objects.requireNonNull(key);
    Objects.requireNonNull(ask);
    Objects.requireNonNull(architecture);
    parents = List.copyOf(parents);
    Objects.requireNonNull(recipe);
    Objects.requireNonNull(weights);
  }

  boolean finalVersion() {
    return ask.isEmpty();
  }

  /** What to call it in messages. */
  public String name() {
    return finalVersion() ? "trial " + key.number() + " (final)" : key.toString();
  }
}
