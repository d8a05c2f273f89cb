package org.hilbench.experiment;

import java.util.List;
import org.hilbench.BenchException;
import org.hilbench.store.TrialStore;
import org.hilbench.trial.Fidelity;
import org.hilbench.trial.Trial;

/**
 * What a store holds, read once.
 *
 * @param arrivals numbers of trials of the search, in the order in which they were told
 * @param finals final versions, by number
 * @param searched trials of the search, by number
 */
record StoredTrials(List<Integer> arrivals, List<Trial> finals, List<Trial> searched) {

  /** Another process may append meanwhile: what others refer to is read after them. */
  static StoredTrials read(TrialStore store) throws BenchException {
    List<Integer> arrivals = store.arrivals();
    List<Trial> finals = store.trials(Fidelity.FINAL);
    return new StoredTrials(arrivals, finals, store.trials(Fidelity.SEARCH));
  }
}
