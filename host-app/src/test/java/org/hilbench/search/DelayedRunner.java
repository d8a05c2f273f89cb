package org.hilbench.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.hilbench.space.Architecture;

/** Scores networks by a function, each after a seeded delay on another thread. */
final class DelayedRunner implements TrialRunner, AutoCloseable {
  private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
  private final Random delays;
  private final int longestMicros;
  private final Function<Architecture, Verdict> bench;
  final List<Integer> started = Collections.synchronizedList(new ArrayList<>());
  final List<CompletableFuture<Told>> futures = Collections.synchronizedList(new ArrayList<>());

  DelayedRunner(long seed, int longestMicros, Function<Architecture, Verdict> bench) {
    this.delays = new Random(seed);
    this.longestMicros = longestMicros;
    this.bench = bench;
  }

  static DelayedRunner proxy(long seed) {
    return new DelayedRunner(seed, 3_000, ProxyProblem::score);
  }

  @Override
  public CompletableFuture<Told> start(Asked asked) {
    started.add(asked.number());
    CompletableFuture<Told> future = new CompletableFuture<>();
    futures.add(future);
    Runnable trial = () -> finish(asked, future);
    var unused = clock.schedule(trial, delays.nextInt(longestMicros), TimeUnit.MICROSECONDS);
    return future;
  }

  private void finish(Asked asked, CompletableFuture<Told> future) {
    try {
      future.complete(asked.told(bench.apply(asked.proposal().architecture())));
    } catch (RuntimeException e) {
      future.completeExceptionally(e);
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
