package org.hilbench.search;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.hilbench.BenchException;
import org.jspecify.annotations.Nullable;

/**
 * The search: proposes networks as soon as what they are based on is told, runs several at once,
 * and listens to what becomes of them. There are no generations to wait for.
 *
 * <p>One instance runs one search, on the thread that calls {@link #run}. {@link #cancel} may come
 * from any thread.
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
    record Finished(int trial, Proposal proposal, @Nullable Told told, @Nullable Throwable failure)
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
   * @throws BenchException when a trial found that the search itself cannot go on
   * @throws InterruptedException when the calling thread is interrupted; trials are cancelled first
   */
  public Result run(List<Told> stored) throws BenchException, InterruptedException {
    SearchLog log = new SearchLog(plan, stored);
    try {
      boolean exhausted = false;
      while (!cancelled) {
        // Propose while the window and the number of trials at once allow it.
        while (!exhausted && log.mayPropose() && inFlight.size() < plan.inFlight()) {
          int trial = log.next();
          Optional<Proposal> proposal = strategy.propose(trial, log.history());
          proposal.ifPresent(log::propose);
          proposal.ifPresent(one -> start(trial, one));
          exhausted = proposal.isEmpty();
        }
        if (inFlight.isEmpty()) {
          break;
        }
        // Wait for whichever trial ends first; a cancelled search tells nothing.
        if (events.take() instanceof Event.Finished finished && !cancelled) {
          inFlight.remove(finished.trial());
          Told told = toTold(finished);
          log.tell(told);
          listener.finished(told);
        }
      }
      return new Result(log.arrivals(), cancelled);
    } finally {
      inFlight.values().forEach(trial -> trial.cancel(true));
      inFlight.clear();
    }
  }

  /** Ends {@link #run} within a moment; trials in flight are cancelled and not told. */
  public void cancel() {
    cancelled = true;
    events.add(new Event.Cancelled());
  }

  private void start(int trial, Proposal proposal) {
    listener.started(trial, proposal);
    CompletableFuture<Told> running = started(trial, proposal);
    inFlight.put(trial, running);
    var unused =
        running.whenComplete(
            (told, failure) -> events.add(new Event.Finished(trial, proposal, told, failure)));
  }

  private CompletableFuture<Told> started(int trial, Proposal proposal) {
    try {
      return runner.start(trial, proposal);
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
    return new Told(finished.trial(), finished.proposal(), new Verdict.Failed(reason(cause)));
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
