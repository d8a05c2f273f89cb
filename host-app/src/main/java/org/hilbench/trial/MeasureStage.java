package org.hilbench.trial;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.measure.BenchFacts;
import org.hilbench.measure.Bytes;
import org.hilbench.measure.DoesNotFit;
import org.hilbench.measure.Ingredients;
import org.hilbench.measure.JobQueue;
import org.hilbench.measure.Loading;
import org.hilbench.measure.Measurement;
import org.hilbench.measure.MeasurementJob;
import org.hilbench.measure.MeasurementResult;
import org.hilbench.quantity.TargetId;
import org.hilbench.tflite.DenseRounding;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.verify.Agreement;
import org.hilbench.verify.ReferenceAnswers;
import org.hilbench.verify.Verifier;

/** Has a model measured through a {@link JobQueue} and compares its bytes with the reference's. */
public final class MeasureStage {
  private final JobQueue queue;
  private final BenchFacts facts;
  private final RoundingProbe probe;

  /**
   * @param facts what is known of the benches that serve the queue
   * @param cache folder that keeps what was found out about libraries, by their content
   */
  public MeasureStage(JobQueue queue, BenchFacts facts, Path cache) {
    this(queue, facts, Optional.of(cache));
  }

  /** Nothing is kept beyond this object. */
  public MeasureStage(JobQueue queue, BenchFacts facts) {
    this(queue, facts, Optional.empty());
  }

  private MeasureStage(JobQueue queue, BenchFacts facts, Optional<Path> cache) {
    this.queue = queue;
    this.facts = facts;
    this.probe = new RoundingProbe(this::measured, cache);
  }

  /** How a model is measured: see {@link MeasurementJob}. */
  public record Order(
      String board,
      String on,
      Optional<String> operatingPoint,
      String kernels,
      int warmups,
      int runs,
      Loading loading,
      boolean elseLinked) {
    /**
     * As in a search: on whatever the board's profile names first, and no candidate is lost to a
     * resident firmware that has no room for it.
     */
    public static Order of(TargetId target, String kernels, Loading loading) {
      return new Order(
          target.board(),
          MeasurementJob.ON_AUTO,
          target.operatingPoint(),
          kernels,
          1,
          3,
          loading,
          true);
    }

    /** The same with one inference alone. */
    Order once() {
      return new Order(board, on, operatingPoint, kernels, 0, 1, loading, elseLinked);
    }
  }

  /**
   * The result of a measurement; a completed one comes with how it agrees with the reference. What
   * is to be kept of it is in {@code artifact}; absent where nothing is kept, or nothing tells what
   * it depends on.
   */
  public sealed interface Answer {
    Optional<Artifact> artifact();

    /** It ran. */
    record Measured(Measurement measurement, Agreement agreement, Optional<Artifact> artifact)
        implements Answer {}

    /** It does not fit the board. */
    record DoesNotFit(MeasurementResult.Rejected why, Optional<Artifact> artifact)
        implements Answer {}
  }

  /**
   * Submits the job and waits.
   *
   * @throws BenchException what the bench reports, or an interruption (the job is cancelled)
   */
  public Answer measure(byte[] model, ReferenceAnswers reference, Order order)
      throws BenchException {
    return measure(model, reference, order, KeptMeasurements.NONE);
  }

  /** The same, but what is kept is not measured again. */
  public Answer measure(
      byte[] model, ReferenceAnswers reference, Order order, KeptMeasurements memory)
      throws BenchException {
    MeasurementJob job = job(model, order, reference.inputs(), reference.keepOps());
    KeptMeasurements.Kept result = result(job, memory);
    Optional<Artifact> artifact = memory.artifact(job, result);
    if (result.result() instanceof MeasurementResult.Rejected rejected) {
      return new Answer.DoesNotFit(rejected, artifact);
    }
    Measurement measurement = result.measurement(job);
    if (reference.roundingOnce().isEmpty()) {
      Agreement agreement = Verifier.compare(measurement, reference.answers());
      return new Answer.Measured(measurement, agreement, artifact);
    }
    // The kernels are somebody else's: which of two exact rules theirs is, they say themselves.
    Optional<DenseRounding> found = probe.rounding(job, measurement.tflm());
    return new Answer.Measured(
        found.map(measurement::with).orElse(measurement),
        Verifier.compare(measurement, reference.answers(found.orElse(DenseRounding.TWICE))),
        artifact);
  }

  /**
   * Whether a model fits a board.
   *
   * @param misfit absent where it does
   * @param artifact as {@link Answer#artifact}
   */
  public record Fit(Optional<DoesNotFit> misfit, Optional<Artifact> artifact) {}

  /**
   * Finds out by a link and one inference whether a model fits a board.
   *
   * @throws BenchException as {@link #measure}
   */
  public Fit fit(byte[] model, Order order, KeptMeasurements memory) throws BenchException {
    byte[] zeros = new byte[Math.toIntExact(TfliteModel.parse(model).inputTensor().bytes())];
    MeasurementJob job = job(model, order.once(), List.of(Bytes.of(zeros)), List.of());
    KeptMeasurements.Kept result = result(job, memory);
    Optional<DoesNotFit> misfit =
        result.result() instanceof MeasurementResult.Rejected rejected
            ? Optional.of(rejected.misfit())
            : Optional.empty();
    return new Fit(misfit, memory.artifact(job, result));
  }

  private KeptMeasurements.Kept result(MeasurementJob job, KeptMeasurements memory)
      throws BenchException {
    Optional<KeptMeasurements.Kept> kept = memory.find(job, facts);
    return kept.isPresent() ? kept.get() : memory.now(finished(job));
  }

  private MeasurementJob job(byte[] model, Order order, List<Bytes> inputs, List<Integer> keepOps)
      throws BenchException {
    try {
      Ingredients madeOf = facts.ingredients(order.board(), order.kernels());
      return MeasurementJob.of(Bytes.of(model), madeOf, inputs)
          .on(order.on())
          .at(order.operatingPoint())
          .keeping(keepOps)
          .timed(order.warmups(), order.runs())
          .loaded(order.loading(), order.elseLinked())
          .job();
    } catch (IllegalArgumentException e) {
      throw BenchException.usage(Stage.RUN, String.valueOf(e.getMessage()), e);
    }
  }

  /** Completed or rejected; what failed is thrown. */
  private MeasurementResult finished(MeasurementJob job) throws BenchException {
    MeasurementResult result = measured(job);
    if (result instanceof MeasurementResult.Failed failed) {
      throw failed.exception();
    }
    return result;
  }

  private MeasurementResult measured(MeasurementJob job) throws BenchException {
    return await(queue.submit(job));
  }

  private static MeasurementResult await(CompletableFuture<MeasurementResult> pending)
      throws BenchException {
    try {
      return pending.get();
    } catch (InterruptedException e) {
      pending.cancel(true);
      Thread.currentThread().interrupt();
      throw new BenchException(
          Stage.RUN, BenchException.Kind.PASSING, "interrupted while a bench was at work", e);
    } catch (CancellationException e) {
      throw new BenchException(
          Stage.RUN, BenchException.Kind.PASSING, "the measurement was cancelled", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a job queue completes with a result", e.getCause());
    }
  }
}
