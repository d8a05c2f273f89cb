package org.hilbench.search;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.hilbench.BenchException;
import org.jspecify.annotations.Nullable;

/**
 * The search: asks the strategy as soon as what the answer is based on is told, runs several trials
 * at once, and listens to what becomes of them. There are no generations to wait for.
 *
 * <p>One instance runs one search, on the thread that calls {@link #run}; the strategy thinks on a
 * thread of its own. {@link #cancel} may come from any thread.
 */
public final class SearchLoop {
  private final SearchStrategy strategy;
  private final TrialRunner runner;
  private final SearchPlan plan;
  private final SearchListener listener;

  private final Map<Integer, CompletableFuture<Told>> inFlight = new HashMap<>();
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private volatile boolean cancelled;

  /** Something that wakes the loop. */
  private sealed interface Event {
    record Answered(Thinker.Answer answer) implements Event {}

    record Finished(Asked asked, @Nullable Told told, @Nullable Throwable failure)
        implements Event {}

    record Cancelled() implements Event {}
  }

  /** All that was told, in the order of arrival, and whether the search was cut short. */
  public record Result(List<Told> told, boolean cancelled) {
    public Result {
      told = List.copyOf(told);
    }
  }

  public SearchLoop(
      SearchStrategy strategy, TrialRunner runner, SearchPlan plan, SearchListener listener) {
    this.strategy = strategy;
    this.runner = runner;
    this.plan = plan;
    this.listener = listener;
  }

  /**
   * Runs the search to its end, or goes on after {@code stored}: the tells of an earlier run of the
   * same search, in the order in which they arrived.
   *
   * @throws BenchException when a trial or the strategy found that the search itself cannot go on
   * @throws InterruptedException when the calling thread is interrupted; trials are cancelled first
   */
  public Result run(List<Told> stored) throws BenchException, InterruptedException {
    SearchLog log = new SearchLog(plan, stored);
    try (Thinker thinker =
        new Thinker(strategy, answer -> events.add(new Event.Answered(answer)))) {
      while (!cancelled) {
        // Ask while the window and the number of trials at once allow it.
        if (!thinker.busy() && inFlight.size() < plan.inFlight() && log.mayAsk()) {
          thinker.ask(log.next(), log.history());
        }
        if (!thinker.busy() && inFlight.isEmpty()) {
          log.requireNoWait();
          break;
        }
        // Wait for an answer, or for whichever trial ends first.
        Event event = events.take();
        if (event instanceof Event.Answered answered && !cancelled) {
          Ask ask = thinker.taken(answered.answer());
          log.answer(ask, answered.answer().history()).ifPresent(this::start);
        } else if (event instanceof Event.Finished finished && !cancelled) {
          finish(finished, log);
        }
      }
      return new Result(log.arrivals(), cancelled);
    } finally {
      inFlight.values().forEach(trial -> trial.cancel(true));
      inFlight.clear();
    }
  }

  private void finish(Event.Finished finished, SearchLog log) throws BenchException {
    inFlight.remove(finished.asked().number());
    Told told = toTold(finished);
    log.tell(told);
    listener.finished(told);
  }

  /** Ends {@link #run} within a moment; the strategy and its trials are stopped, and not told. */
  public void cancel() {
    cancelled = true;
    events.add(new Event.Cancelled());
  }

  private void start(Asked asked) {
    listener.started(asked);
    CompletableFuture<Told> running = started(asked);
    inFlight.put(asked.number(), running);
    var unused =
        running.whenComplete(
            (told, failure) -> events.add(new Event.Finished(asked, told, failure)));
  }

  private CompletableFuture<Told> started(Asked asked) {
    try {
      return runner.start(asked);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** A trial that broke in an unforeseen way is a failed trial; a broken bench ends the search. */
  private static Told toTold(Event.Finished finished) throws BenchException {
    if (finished.told() != null) {
      return finished.told();
    }
    Throwable cause = unwrapped(finished.failure());
    if (cause instanceof BenchException bench && bench.kind() != BenchException.Kind.TRIAL) {
      throw bench;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return finished.asked().told(new Verdict.Failed(reason(cause)));
  }

  private static @Nullable Throwable unwrapped(@Nullable Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  private static String reason(@Nullable Throwable cause) {
    if (cause instanceof CancellationException) {
      return "the trial was cancelled";
    }
    return cause instanceof BenchException bench ? bench.getMessage() : "unexpected: " + cause;
  }
}
