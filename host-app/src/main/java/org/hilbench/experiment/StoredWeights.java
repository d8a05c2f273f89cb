package org.hilbench.experiment;

import java.util.Optional;
import org.hilbench.BenchException;
import org.hilbench.graph.Graph;
import org.hilbench.graph.WeightsFile;
import org.hilbench.search.TrialKey;
import org.hilbench.store.TrialStore;
import org.hilbench.train.ParentWeights;
import org.hilbench.trial.Artifact;

/**
 * Float weights that a stored trial was trained to, for another training to go on from.
 *
 * @param trial whose weights they are
 */
record StoredWeights(TrialKey trial, Artifact artifact) {
  /** Of this trial on this rung; empty where its training failed. */
  static Optional<StoredWeights> of(TrialKey trial, TrialStore store) throws BenchException {
    return store.artifacts(trial).stream()
        .filter(artifact -> artifact.name().equals(Artifact.WEIGHTS))
        .findFirst()
        .map(artifact -> new StoredWeights(trial, artifact));
  }

  /** Of the same trial on the highest rung below that has some. */
  static Optional<StoredWeights> below(TrialKey trial, TrialStore store) throws BenchException {
    for (int rung = trial.rung() - 1; rung >= 0; rung--) {
      Optional<StoredWeights> found = of(trial.on(rung), store);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /**
   * As a start.
   *
   * @param graph the network, in any precision
   */
  ParentWeights start(Graph graph) {
    return new ParentWeights(
        artifact.key().hash(), WeightsFile.parse(artifact.bytes(), graph).weights());
  }
}
