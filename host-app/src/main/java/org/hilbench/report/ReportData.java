package org.hilbench.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hilbench.quantity.Constraint;
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
 * @param boardId the board whose numbers are shown: of several, the one that was named first
 * @param data what the networks take and give, to draw them; absent where it is not known
 * @param searched the trials of the search
 * @param trainedOn versions at the final budget; they stand in for those of the same number
 * @param front numbers of the trials on the Pareto front
 * @param constraints that the search was given
 * @param models path of the .tflite file by number, as it is to be shown; may be empty
 */
public record ReportData(
    String title,
    String command,
    ExperimentRecord experiment,
    String boardId,
    Optional<DataShape> data,
    List<Trial> searched,
    List<Trial> trainedOn,
    Set<Integer> front,
    List<Constraint> constraints,
    Map<Integer, String> models) {
  public ReportData {
    Objects.requireNonNull(title);
    Objects.requireNonNull(command);
    Objects.requireNonNull(experiment);
    Objects.requireNonNull(boardId);
    Objects.requireNonNull(data);
    searched = List.copyOf(searched);
    trainedOn = List.copyOf(trainedOn);
    front = Collections.unmodifiableSet(new TreeSet<>(front));
    constraints = List.copyOf(constraints);
    models = Collections.unmodifiableMap(new TreeMap<>(models));
  }

  /** One version of every trial, by number: the one that was trained on where there is one. */
  public List<Trial> shown() {
    Map<Integer, Trial> byNumber = new HashMap<>();
    searched.forEach(trial -> byNumber.put(trial.number(), trial));
    trainedOn.stream().filter(this::measured).forEach(trial -> byNumber.put(trial.number(), trial));
    return sorted(byNumber.values());
  }

  /** What each layer of this trial loses in 4 bits; empty where it was not measured. */
  List<Double> lost(int number) {
    return searched.stream()
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

  /** The trials of {@link #shown} with numbers on this board. */
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

  /** All versions of all trials. */
  List<Trial> everything() {
    List<Trial> all = new ArrayList<>(searched);
    all.addAll(trainedOn);
    return all;
  }

  /** The boards that have numbers, {@link #boardId} first. */
  List<String> boards() {
    Set<String> measured = new TreeSet<>();
    evaluated()
        .forEach(trial -> measured.addAll(((Outcome.Evaluated) trial.outcome()).on().keySet()));
    measured.remove(boardId);
    List<String> boards = new ArrayList<>(List.of(boardId));
    boards.addAll(measured);
    return List.copyOf(boards);
  }

  /** The same, showing the numbers of another board. */
  ReportData on(String board) {
    return new ReportData(
        title, command, experiment, board, data, searched, trainedOn, front, constraints, models);
  }

  private boolean measured(Trial trial) {
    return trial.outcome() instanceof Outcome.Evaluated evaluated
        && evaluated.on().containsKey(boardId);
  }

  private static List<Trial> sorted(Collection<Trial> trials) {
    return trials.stream().sorted(Comparator.comparingInt(Trial::number)).toList();
  }
}
