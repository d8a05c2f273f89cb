package org.hilbench.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.hilbench.BenchException;
import org.hilbench.search.Proposal;
import org.hilbench.search.Told;
import org.hilbench.search.TrialRunner;
import org.hilbench.store.TrialStore;
import org.hilbench.train.FreshWeights;
import org.hilbench.trial.Candidate;
import org.hilbench.trial.Fidelity;
import org.hilbench.trial.TrialPipeline;
import org.hilbench.trial.Walk;
import org.hilbench.worker.Progress;

/** Walks proposals through the pipeline, several at once, and stores each before it is told. */
final class TrialStarter implements TrialRunner {
  private final TrialPipeline pipeline;
  private final TrialStore store;
  private final ExecutorService threads;
  private final WorkMeter meter;

  TrialStarter(TrialPipeline pipeline, TrialStore store, ExecutorService threads, WorkMeter meter) {
    this.pipeline = pipeline;
    this.store = store;
    this.threads = threads;
    this.meter = meter;
  }

  @Override
  public CompletableFuture<Told> start(int number, Proposal proposal) {
    CompletableFuture<Told> told = new CompletableFuture<>();
    Candidate candidate =
        new Candidate(
            number,
            proposal.architecture(),
            proposal.parents(),
            proposal.seen(),
            Fidelity.SEARCH,
            new FreshWeights());
    Future<?> running = threads.submit(() -> walk(candidate, proposal, told));
    var unused =
        told.whenComplete(
            (result, failure) -> {
              if (told.isCancelled()) {
                running.cancel(true);
              }
            });
    return told;
  }

  private void walk(Candidate candidate, Proposal proposal, CompletableFuture<Told> told) {
    try {
      Progress progress = meter.progressOf("trial " + candidate.number());
      Walk walk = pipeline.walk(candidate, progress);
      // The verdict first: what cannot be told is not stored either.
      Told result = new Told(candidate.number(), proposal, Verdicts.of(walk.trial().outcome()));
      store.append(walk.trial(), walk.artifacts());
      told.complete(result);
    } catch (BenchException | RuntimeException | Error e) {
      told.completeExceptionally(e);
    }
  }
}
