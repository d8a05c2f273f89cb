package org.hilbench.measure;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Carries jobs to benches and results back. A job is handed out on a lease that its bench keeps
 * alive; a lease that runs out hands the job out again, and the late bench's result is not taken.
 * Safe for many threads.
 */
public interface JobQueue extends AutoCloseable {

  /**
   * Puts a job in the queue. The future completes with its result, or is cancelled; cancelling the
   * future cancels the job. A job whose id is queued or running already gives the same future.
   */
  CompletableFuture<MeasurementResult> submit(MeasurementJob job);

  /**
   * Takes the oldest job for one of these boards (any board if the set is empty), waiting this long
   * at most; empty where none came or the queue was closed.
   */
  Optional<Lease> lease(Set<String> boardIds, Duration wait) throws InterruptedException;

  /** Takes the job back, wherever it is; its bench sees {@link Lease#cancelled}. */
  void cancel(String jobId);

  /** Cancels all jobs. */
  @Override
  void close();

  /** One delivery of a job. */
  interface Lease {
    MeasurementJob job();

    /** 1 for the first delivery of the job. */
    int delivery();

    /** Says that the bench still works on it. False: the lease is lost, stop. */
    boolean inProgress();

    /** Whether the job was cancelled or handed to another. */
    boolean cancelled();

    /** Ends the job with its result. False: the lease was lost before, the result is not taken. */
    boolean ack(MeasurementResult result);

    /** Puts the job back in front of the queue, for another bench. */
    void giveBack();
  }
}
