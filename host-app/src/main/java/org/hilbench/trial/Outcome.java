package org.hilbench.trial;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.hilbench.Stage;
import org.hilbench.measure.Measurement;
import org.hilbench.quantity.Quantity;

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

  /** The result of the function for the case that this is. */
  <T> T fold(
      Function<Evaluated, T> evaluated, Function<Rejected, T> rejected, Function<Failed, T> failed);

  /**
   * Trained and measured, the outputs proven right.
   *
   * @param on the numbers of every board asked for, by board id
   * @param sensitivity where the search chooses the precision of layers
   */
  record Evaluated(
      Accuracy accuracy,
      Map<String, Measurement> on,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Sensitivity> sensitivity)
      implements Outcome {
    public Evaluated {
      Objects.requireNonNull(accuracy);
      on = Collections.unmodifiableMap(new TreeMap<>(Map.copyOf(on)));
      Objects.requireNonNull(sensitivity);
    }

    /** No sensitivity was measured. */
    public Evaluated(Accuracy accuracy, Map<String, Measurement> on) {
      this(accuracy, on, Optional.empty());
    }

    /** The same with another accuracy. */
    Evaluated with(Accuracy other) {
      return new Evaluated(other, on, sensitivity);
    }

    /** The numbers on this board. */
    public Measurement on(String boardId) {
      Measurement measurement = on.get(boardId);
      if (measurement == null) {
        throw new IllegalArgumentException("not measured on " + boardId + " but " + on.keySet());
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
   * The candidate is sound but does not fit this board; it may fit another.
   *
   * @param what what is too small, in the linker's or the constraint's word: FLASH, RAM, arena
   * @param needed how much the candidate takes
   * @param limit how much there is
   */
  record Rejected(String boardId, String what, Quantity needed, Quantity limit) implements Outcome {
    public Rejected {
      Objects.requireNonNull(boardId);
      Objects.requireNonNull(what);
      Objects.requireNonNull(needed);
      Objects.requireNonNull(limit);
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
