package org.hilbench.experiment;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hilbench.BenchException;
import org.hilbench.search.Told;
import org.hilbench.search.TrialKey;
import org.hilbench.store.TrialStore;
import org.hilbench.trial.Trial;

/**
 * What a store holds, read once.
 *
 * @param arrivals keys of the trials of the search, in the order in which they were told
 * @param all trials, by key
 */
record StoredTrials(List<TrialKey> arrivals, List<Trial> all) {

  /** Another process may append meanwhile: what others refer to is read after them. */
  static StoredTrials read(TrialStore store) throws BenchException {
    List<TrialKey> arrivals = store.arrivals();
    return new StoredTrials(arrivals, store.trials());
  }

  /** Those of the search, by key. */
  List<Trial> searched() {
    return all.stream().filter(trial -> !trial.finalVersion()).toList();
  }

  /** The final versions, by number. */
  Map<Integer, Trial> finals() {
    Map<Integer, Trial> byNumber = new HashMap<>();
    all.stream().filter(Trial::finalVersion).forEach(trial -> byNumber.put(trial.number(), trial));
    return byNumber;
  }

  Map<TrialKey, Trial> byKey() {
    Map<TrialKey, Trial> byKey = new HashMap<>();
    all.forEach(trial -> byKey.put(trial.key(), trial));
    return byKey;
  }

  /** The tells of the search, in the order in which they arrived. */
  List<Told> told() {
    Map<TrialKey, Trial> byKey = byKey();
    return arrivals.stream()
        .map(key -> Verdicts.told(Objects.requireNonNull(byKey.get(key))))
        .toList();
  }
}
