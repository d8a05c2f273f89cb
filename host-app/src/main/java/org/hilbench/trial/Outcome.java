package org.hilbench.trial;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hilbench.Stage;
import org.hilbench.measure.DoesNotFit;
import org.hilbench.measure.Measurement;
import org.hilbench.quantity.Quantity;
import org.hilbench.quantity.TargetId;

/** How a trial ended. Only {@link Evaluated} ones can be on a front. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Outcome.Evaluated.class, name = Outcome.EVALUATED),
  @JsonSubTypes.Type(value = Outcome.Rejected.class, name = Outcome.REJECTED),
  @JsonSubTypes.Type(value = Outcome.Failed.class, name = Outcome.FAILED)
})
public sealed interface Outcome {
  String EVALUATED = "evaluated";
  String REJECTED = "rejected";
  String FAILED = "failed";

  /** The word for it in JSON and on the screen: evaluated, rejected or failed. */
  String word();

  /** The numbers of every target that took it: on these it is feasible. */
  Map<TargetId, Measurement> on();

  /** The result of the function for the case that this is. */
  <T> T fold(
      Function<Evaluated, T> evaluated, Function<Rejected, T> rejected, Function<Failed, T> failed);

  /**
   * Trained and measured, the outputs proven right.
   *
   * @param on the numbers of every target asked for
   * @param sensitivity where the search chooses the precision of layers
   */
  record Evaluated(
      Accuracy accuracy,
      Map<TargetId, Measurement> on,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Sensitivity> sensitivity)
      implements Outcome {
    public Evaluated {
      Objects.requireNonNull(accuracy);
      on = Collections.unmodifiableMap(new TreeMap<>(Map.copyOf(on)));
      Objects.requireNonNull(sensitivity);
    }

    /** No sensitivity was measured. */
    public Evaluated(Accuracy accuracy, Map<TargetId, Measurement> on) {
      this(accuracy, on, Optional.empty());
    }

    /** The same with another accuracy. */
    Evaluated with(Accuracy other) {
      return new Evaluated(other, on, sensitivity);
    }

    /** The numbers on this target. */
    public Measurement on(TargetId target) {
      Measurement measurement = on.get(target);
      if (measurement == null) {
        throw new IllegalArgumentException("not measured on " + target + " but " + on.keySet());
      }
      return measurement;
    }

    @Override
    public String word() {
      return EVALUATED;
    }

    @Override
    public <T> T fold(
        Function<Evaluated, T> evaluated,
        Function<Rejected, T> rejected,
        Function<Failed, T> failed) {
      return evaluated.apply(this);
    }
  }

  /**
   * The candidate is sound but does not fit a board. A trial is of one network for all its boards,
   * so one board that cannot hold it rejects it as a whole, and no front has it. Whether it is
   * feasible is each board's own matter: those that took it are in {@code on}, with their numbers.
   *
   * @param boardId the first board that it does not fit, and by how much, as {@link DoesNotFit}
   * @param others the other boards that it does not fit
   * @param accuracy where a board took it
   * @param on the numbers of every target whose board took it
   */
  record Rejected(
      String boardId,
      String what,
      Quantity needed,
      Quantity limit,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<DoesNotFit> others,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Accuracy> accuracy,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<TargetId, Measurement> on)
      implements Outcome {
    public Rejected {
      Objects.requireNonNull(boardId);
      Objects.requireNonNull(what);
      Objects.requireNonNull(needed);
      Objects.requireNonNull(limit);
      // Absent in records from before other boards were asked.
      others = List.copyOf(Objects.requireNonNullElse(others, List.of()));
      accuracy = Objects.requireNonNullElse(accuracy, Optional.empty());
      on =
          Collections.unmodifiableMap(
              new TreeMap<>(Map.copyOf(Objects.requireNonNullElse(on, Map.of()))));
    }

    /** By the one board that was asked. */
    public Rejected(String boardId, String what, Quantity needed, Quantity limit) {
      this(boardId, what, needed, limit, List.of(), Optional.empty(), Map.of());
    }

    /**
     * @param by the boards that it does not fit, one or more
     */
    static Rejected by(
        List<DoesNotFit> by, Optional<Accuracy> accuracy, Map<TargetId, Measurement> on) {
      DoesNotFit first = by.get(0);
      return new Rejected(
          first.boardId(),
          first.what(),
          first.needed(),
          first.limit(),
          by.subList(1, by.size()),
          on.isEmpty() ? Optional.empty() : accuracy,
          on);
    }

    /** Every board that it does not fit, in the order of asking. */
    public List<DoesNotFit> by() {
      List<DoesNotFit> all = new ArrayList<>();
      all.add(new DoesNotFit(boardId, what, needed, limit));
      all.addAll(others);
      return all;
    }

    /** In one line, board by board. */
    public String reason() {
      return by().stream().map(DoesNotFit::text).collect(Collectors.joining("; "));
    }

    @Override
    public String word() {
      return REJECTED;
    }

    @Override
    public <T> T fold(
        Function<Evaluated, T> evaluated,
        Function<Rejected, T> rejected,
        Function<Failed, T> failed) {
      return rejected.apply(this);
    }
  }

  /** Something went wrong at a stage; {@code reason} says what, which values and what to do. */
  record Failed(Stage stage, String reason) implements Outcome {
    public Failed {
      Objects.requireNonNull(stage);
      Objects.requireNonNull(reason);
    }

    @Override
    public Map<TargetId, Measurement> on() {
      return Map.of();
    }

    @Override
    public String word() {
      return FAILED;
    }

    @Override
    public <T> T fold(
        Function<Evaluated, T> evaluated,
        Function<Rejected, T> rejected,
        Function<Failed, T> failed) {
      return failed.apply(this);
    }
  }
}
