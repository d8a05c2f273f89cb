package org.hilbench.measure;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.quantity.Quantity;

/** How a {@link MeasurementJob} ended; {@code delivery} counts how often it was handed out. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "result")
@JsonSubTypes({
  @JsonSubTypes.Type(value = MeasurementResult.Completed.class, name = "completed"),
  @JsonSubTypes.Type(value = MeasurementResult.Rejected.class, name = "rejected"),
  @JsonSubTypes.Type(value = MeasurementResult.Failed.class, name = "failed")
})
public sealed interface MeasurementResult {
  String jobId();

  /** 1 for the first time the job was handed to a bench. */
  int delivery();

  /** What it was measured under; absent where nothing tells. */
  Optional<Conditions> under();

  /** The result of the function for the case that this is. */
  <T> T fold(
      Function<Completed, T> completed, Function<Rejected, T> rejected, Function<Failed, T> failed);

  /** The model was built and run. Whether its outputs are right is for {@code verify} to say. */
  record Completed(
      String jobId,
      int delivery,
      Measurement measurement,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Conditions> under)
      implements MeasurementResult {
    public Completed {
      Objects.requireNonNull(jobId);
      Objects.requireNonNull(measurement);
      Objects.requireNonNull(under);
    }

    @Override
    public <T> T fold(
        Function<Completed, T> completed,
        Function<Rejected, T> rejected,
        Function<Failed, T> failed) {
      return completed.apply(this);
    }
  }

  /**
   * The model does not fit this board.
   *
   * @param what the linker's region, or {@code arena}
   * @param needed bytes the model takes there (for an arena that the runtime refused: at least)
   * @param limit bytes there are
   * @param reason in one line
   */
  record Rejected(
      String jobId,
      int delivery,
      String boardId,
      String what,
      Quantity needed,
      Quantity limit,
      String reason,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Conditions> under)
      implements MeasurementResult {
    public Rejected {
      Objects.requireNonNull(jobId);
      Objects.requireNonNull(boardId);
      Objects.requireNonNull(what);
      Objects.requireNonNull(needed);
      Objects.requireNonNull(limit);
      Objects.requireNonNull(reason);
    }

    /** By what a bench found. */
    public static Rejected of(
        MeasurementJob job,
        int delivery,
        DoesNotFit misfit,
        String reason,
        Optional<Conditions> under) {
      return new Rejected(
          job.id(),
          delivery,
          misfit.boardId(),
          misfit.what(),
          misfit.needed(),
          misfit.limit(),
          reason,
          under);
    }

    /** What is too small, and by how much. */
    public DoesNotFit misfit() {
      return new DoesNotFit(boardId, what, needed, limit);
    }

    @Override
    public <T> T fold(
        Function<Completed, T> completed,
        Function<Rejected, T> rejected,
        Function<Failed, T> failed) {
      return rejected.apply(this);
    }
  }

  /** The world failed: see {@link BenchException}. */
  record Failed(String jobId, int delivery, Stage stage, BenchException.Kind kind, String reason)
      implements MeasurementResult {
    public Failed {
      Objects.requireNonNull(jobId);
      Objects.requireNonNull(stage);
      Objects.requireNonNull(kind);
      Objects.requireNonNull(reason);
    }

    @Override
    public Optional<Conditions> under() {
      return Optional.empty();
    }

    /** As the exception that it was. */
    public BenchException exception() {
      return new BenchException(stage, kind, reason);
    }

    @Override
    public <T> T fold(
        Function<Completed, T> completed,
        Function<Rejected, T> rejected,
        Function<Failed, T> failed) {
      return failed.apply(this);
    }
  }
}
