package org.hilbench.worker;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.hilbench.BenchException;
import org.hilbench.BenchException.Kind;
import org.hilbench.Stage;

/** The result of a task that a worker may still be at; thread-safe. */
public final class Pending<T> {
  private final Stage stage;
  private final CompletableFuture<T> result;
  private final Runnable kill;

  Pending(Stage stage, CompletableFuture<T> result, Runnable kill) {
    this.stage = stage;
    this.result = result;
    this.kill = kill;
  }

  /** A result that is there already. */
  public static <T> Pending<T> of(Stage stage, T result) {
    return new Pending<>(stage, CompletableFuture.completedFuture(result), () -> {});
  }

  /**
   * Waits for the result. The wait ends by the deadline of the task.
   *
   * @throws BenchException if the task failed, overran its deadline, was cancelled, or this thread
   *     was interrupted (which cancels the task; the interrupt flag stays set)
   */
  public T await() throws BenchException {
    try {
      return result.get();
    } catch (InterruptedException e) {
      cancel();
      Thread.currentThread().interrupt();
      throw new BenchException(stage, Kind.PASSING, "interrupted while waiting for a worker", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BenchException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Ends the task now, killing the worker that is at it; {@link #await} then throws. */
  public void cancel() {
    kill.run();
  }

  public boolean done() {
    return result.isDone();
  }

  /** Runs {@code action} when the result or the failure is there, in the thread that brings it. */
  public void whenDone(Runnable action) {
    var unused = result.whenComplete((value, failure) -> action.run());
  }

  /** The result read in another form; cancelling either cancels the task. */
  public <R> Pending<R> map(Reading<? super T, ? extends R> reading) {
    CompletableFuture<R> mapped = new CompletableFuture<>();
    var unused =
        result.whenComplete(
            (value, failure) -> {
              if (failure != null) {
                mapped.completeExceptionally(failure);
                return;
              }
              try {
                mapped.complete(reading.read(value));
              } catch (BenchException | RuntimeException e) {
                mapped.completeExceptionally(e);
              }
            });
    return new Pending<>(stage, mapped, kill);
  }

  /** Turns one form of a result into another. */
  @FunctionalInterface
  public interface Reading<T, R> {
    R read(T value) throws BenchException;
  }
}
