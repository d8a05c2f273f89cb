package org.hilbench.experiment;

import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.search.Asked;
import org.hilbench.search.Proposal;
import org.hilbench.search.Told;
import org.hilbench.search.TrialRunner;
import org.hilbench.store.TrialStore;
import org.hilbench.train.FreshWeights;
import org.hilbench.trial.Candidate;
import org.hilbench.trial.TrialPipeline;
import org.hilbench.trial.Walk;
import org.hilbench.worker.Progress;

/** Walks proposals through the pipeline, several at once, and stores each before it is told. */
final class TrialStarter implements TrialRunner {
  private final TrialPipeline pipeline;
  private final TrialStore store;
  private final ExecutorService threads;
  private final ExperimentListener listener;

  TrialStarter(
      TrialPipeline pipeline,
      TrialStore store,
      ExecutorService threads,
      ExperimentListener listener) {
    this.pipeline = pipeline;
    this.store = store;
    this.threads = threads;
    this.listener = listener;
  }

  @Override
  public CompletableFuture<Told> start(Asked asked) {
    if (asked.key().rung() > 0) {
      return CompletableFuture.failedFuture(noRungs(asked));
    }
    Proposal proposal = asked.proposal();
    CompletableFuture<Told> told = new CompletableFuture<>();
    Candidate candidate =
        new Candidate(
            asked.key(),
            OptionalInt.of(asked.number()),
            proposal.architecture(),
            proposal.parents(),
            proposal.seen(),
            pipeline.plan().anew(asked.key().rung()),
            new FreshWeights());
    Future<?> running = threads.submit(() -> walk(candidate, asked, told));
    var unused =
        told.whenComplete(
            (result, failure) -> {
              if (told.isCancelled()) {
                running.cancel(true);
              }
            });
    return told;
  }

  private static BenchException noRungs(Asked asked) {
    return BenchException.usage(
        Stage.PROPOSE,
        asked.key()
            + " is wanted, but a search trains every trial on one rung alone;"
            + " choose a strategy that promotes none");
  }

  private void walk(Candidate candidate, Asked asked, CompletableFuture<Told> told) {
    String name = candidate.name();
    try {
      Progress progress = listener.training(name);
      Walk walk = pipeline.walk(candidate, progress);
      // The verdict first: what cannot be told is not stored either.
      Told result = asked.told(Verdicts.of(walk.trial().outcome()));
      store.append(walk.trial(), walk.artifacts());
      told.complete(result);
    } catch (BenchException | RuntimeException | Error e) {
      told.completeExceptionally(e);
    } finally {
      listener.worked(name, (double) candidate.recipe().samples());
    }
  }
}
