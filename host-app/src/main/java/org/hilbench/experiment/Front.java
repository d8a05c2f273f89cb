package org.hilbench.experiment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.hilbench.BenchException;
import org.hilbench.search.Goal;
import org.hilbench.search.ParetoFront;
import org.hilbench.search.Told;
import org.hilbench.search.TrialKey;
import org.hilbench.store.TrialStore;
import org.hilbench.trial.Outcome;
import org.hilbench.trial.Trial;

/**
 * The Pareto front of a search.
 *
 * @param searched its points as the search saw them, by number
 * @param shown the same points, best accuracy first; one that was trained on stands in its final
 *     version, and beside it what else became of it at the end, where no point dominates that
 */
record Front(List<Trial> searched, List<Trial> shown) {

  /** Of what is stored now. */
  static Front of(TrialStore store, Goal goal) throws BenchException {
    return of(StoredTrials.read(store), goal);
  }

  static Front of(StoredTrials stored, Goal goal) {
    Map<TrialKey, Trial> byKey = stored.byKey();
    List<Told> told = stored.told();
    List<Trial> searched =
        ParetoFront.of(told, goal).stream().map(point -> byKey.get(point.key())).toList();
    Map<Integer, Trial> finals = stored.finals();
    List<Trial> shown =
        new ArrayList<>(
            searched.stream().map(trial -> better(trial, finals.get(trial.number()))).toList());
    told.forEach(one -> finals.remove(one.trial()));
    shown.addAll(undominated(finals.values(), shown, goal));
    shown.sort(Comparator.comparingDouble(Front::accuracy).reversed());
    return new Front(searched, List.copyOf(shown));
  }

  /** Those that are on the front of all of these. */
  private static List<Trial> undominated(
      Collection<Trial> those, Collection<Trial> others, Goal goal) {
    List<Trial> all = new ArrayList<>(those);
    all.addAll(others);
    List<Trial> front = ParetoFront.of(all, trial -> Verdicts.of(trial.outcome()), goal);
    return those.stream().filter(front::contains).toList();
  }

  /** A final version that failed on its way does not replace the one that was searched. */
  private static Trial better(Trial searched, @org.jspecify.annotations.Nullable Trial trainedOn) {
    return trainedOn != null && trainedOn.outcome() instanceof Outcome.Evaluated
        ? trainedOn
        : searched;
  }

  static double accuracy(Trial trial) {
    return evaluated(trial).accuracy().int8Validation();
  }

  /** Points of a front were all evaluated. */
  static Outcome.Evaluated evaluated(Trial trial) {
    return (Outcome.Evaluated) trial.outcome();
  }
}
