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
    Map<Integer, Trial> byNumber = FinalRound.byNumber(stored.searched());
    List<Told> told = Verdicts.told(stored.searched(), stored.arrivals());
    List<Trial> searched =
        ParetoFront.of(told, goal).stream().map(point -> byNumber.get(point.trial())).toList();
    Map<Integer, Trial> finals = FinalRound.byNumber(stored.finals());
    List<Trial> shown =
        new ArrayList<>(
            searched.stream().map(trial -> better(trial, finals.get(trial.number()))).toList());
    finals.keySet().removeAll(byNumber.keySet());
    shown.addAll(undominated(finals.values(), shown, goal));
    shown.sort(Comparator.comparingDouble(Front::accuracy).reversed());
    return new Front(searched, List.copyOf(shown));
  }

  /** Those that are on the front of all of these. */
  private static List<Trial> undominated(
      Collection<Trial> those, Collection<Trial> others, Goal goal) {
    List<Trial> all = new ArrayList<>(those);
    all.addAll(others);
    List<Integer> front =
        ParetoFront.of(Verdicts.told(all, all.stream().map(Trial::number).toList()), goal).stream()
            .map(Told::trial)
            .toList();
    return those.stream().filter(trial -> front.contains(trial.number())).toList();
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
