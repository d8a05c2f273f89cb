package org.hilbench.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hilbench.quantity.Constraint;
import org.hilbench.quantity.TargetId;
import org.hilbench.store.DataShape;
import org.hilbench.store.ExperimentRecord;
import org.hilbench.trial.Outcome;
import org.hilbench.trial.Sensitivity;
import org.hilbench.trial.Trial;

/**
 * What a report is made of.
 *
 * @param title of the search, such as {@code fashion-mnist on mps2-an386}
 * @param command that repeats the search
 * @param target whose numbers are shown: of several, the one that was named first
 * @param data what the networks take and give, to draw them; absent where it is not known
 * @param trials all that were made, on every rung
 * @param front numbers of the trials on the Pareto front
 * @param constraints that the search was given
 * @param models path of the .tflite file by number, as it is to be shown; may be empty
 */
public record ReportData(
    String title,
    String command,
    ExperimentRecord experiment,
    TargetId target,
    Optional<DataShape> data,
    List<Trial> trials,
    Set<Integer> front,
    List<Constraint> constraints,
    Map<Integer, String> models) {
  public ReportData {
    Objects.requireNonNull(title);
    Objects.requireNonNull(command);
    Objects.requireNonNull(experiment);
    Objects.requireNonNull(target);
    Objects.requireNonNull(data);
    trials = List.copyOf(trials);
    front = Collections.unmodifiableSet(new TreeSet<>(front));
    constraints = List.copyOf(constraints);
    models = Collections.unmodifiableMap(new TreeMap<>(models));
  }

  /**
   * One version of every trial, by number: the final one where that has numbers on this target,
   * else that of the highest rung.
   */
  public List<Trial> shown() {
    return highest(trial -> !trial.finalVersion() || measured(trial));
  }

  /** Every trial as the search saw it at last, by number. */
  List<Trial> searched() {
    return highest(trial -> !trial.finalVersion());
  }

  private List<Trial> highest(Predicate<Trial> of) {
    Map<Integer, Trial> byNumber = new TreeMap<>();
    trials.stream()
        .filter(of)
        .sorted(Comparator.comparing(Trial::key))
        .forEach(trial -> byNumber.put(trial.number(), trial));
    return List.copyOf(byNumber.values());
  }

  /** What each layer of this trial loses in 4 bits; empty where it was not measured. */
  List<Double> lost(int number) {
    return trials.stream()
        .filter(trial -> trial.number() == number)
        .map(Trial::outcome)
        .flatMap(
            outcome ->
                outcome instanceof Outcome.Evaluated evaluated
                    ? evaluated.sensitivity().stream()
                    : Stream.<Sensitivity>empty())
        .findFirst()
        .map(Sensitivity::lost)
        .orElse(List.of());
  }

  /** The trials of {@link #shown} with numbers on this target. */
  List<Trial> evaluated() {
    return shown().stream().filter(this::measured).toList();
  }

  /** The trials of {@link #evaluated} on the front. */
  List<Trial> frontTrials() {
    return evaluated().stream().filter(trial -> front.contains(trial.number())).toList();
  }

  List<Trial> withOutcome(String word) {
    return shown().stream().filter(trial -> trial.outcome().word().equals(word)).toList();
  }

  /** The targets that have numbers, {@link #target} first. */
  List<TargetId> targets() {
    Set<TargetId> measured = new TreeSet<>();
    evaluated()
        .forEach(trial -> measured.addAll(((Outcome.Evaluated) trial.outcome()).on().keySet()));
    measured.remove(target);
    List<TargetId> targets = new ArrayList<>(List.of(target));
    targets.addAll(measured);
    return List.copyOf(targets);
  }

  /** The same, showing the numbers of another target. */
  ReportData on(TargetId other) {
    return new ReportData(
        title, command, experiment, other, data, trials, front, constraints, models);
  }

  private boolean measured(Trial trial) {
    return trial.outcome() instanceof Outcome.Evaluated evaluated
        && evaluated.on().containsKey(target);
  }
}
