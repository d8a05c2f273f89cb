package org.hilbench.trial;

import java.util.List;
import java.util.Objects;
import org.hilbench.space.Architecture;
import org.hilbench.train.WeightSource;

/**
 * A network at the start of its way.
 *
 * @param number of the trial
 * @param parents numbers of the trials that it was bred from
 * @param seen how many tells its proposal knew
 * @param weights where its training starts
 */
public record Candidate(
    int number,
    Architecture architecture,
    List<Integer> parents,
    int seen,
    Fidelity fidelity,
    WeightSource weights) {
  public Candidate {
    Objects.requireNonNull(architecture);
    parents = List.copyOf(parents);
    Objects.requireNonNull(fidelity);
    Objects.requireNonNull(weights);
  }

  String name() {
    return fidelity == Fidelity.FINAL ? "trial " + number + " (final)" : "trial " + number;
  }
}
