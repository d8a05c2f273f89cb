package org.hilbench.experiment;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.graph.Graph;
import org.hilbench.search.Asked;
import org.hilbench.search.Proposal;
import org.hilbench.search.Told;
import org.hilbench.search.TrialRunner;
import org.hilbench.store.TrialStore;
import org.hilbench.train.FreshWeights;
import org.hilbench.train.TrainingRecipe;
import org.hilbench.train.WeightSource;
import org.hilbench.trial.Candidate;
import org.hilbench.trial.TrialPipeline;
import org.hilbench.trial.TrialPlan;
import org.hilbench.trial.Walk;

/**
 * Walks what a strategy asks for through the pipeline, several at once, and stores each before it
 * is told. A promoted trial goes all the way again, with what its new rung trains it with.
 */
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
    if (asked.key().rung() >= pipeline.plan().finalRung()) {
      return CompletableFuture.failedFuture(noSuchRung(asked));
    }
    CompletableFuture<Told> told = new CompletableFuture<>();
    Future<?> running = threads.submit(() -> walk(asked, told));
    var unused =
        told.whenComplete(
            (result, failure) -> {
              if (told.isCancelled()) {
                running.cancel(true);
              }
            });
    return told;
  }

  private BenchException noSuchRung(Asked asked) {
    return BenchException.usage(
        Stage.PROPOSE,
        asked.key()
            + " is wanted, but the highest rung of this search is "
            + (pipeline.plan().finalRung() - 1)
            + "; a strategy has to name all the rungs that it promotes to");
  }

  private void walk(Asked asked, CompletableFuture<Told> told) {
    try {
      told.complete(walk(asked, candidate(asked)));
    } catch (BenchException | RuntimeException | Error e) {
      told.completeExceptionally(e);
    }
  }

  private Told walk(Asked asked, Candidate candidate) throws BenchException {
    String name = candidate.name();
    double samples = (double) candidate.recipe().samples();
    listener.expected(samples - (double) pipeline.plan().anew(0).samples());
    try {
      Walk walk = pipeline.walk(candidate, listener.training(name));
      // The verdict first: what cannot be told is not stored either.
      Told result = asked.told(Verdicts.of(walk.trial().outcome()));
      store.append(walk.trial(), walk.artifacts());
      return result;
    } finally {
      listener.worked(name, samples);
    }
  }

  private Candidate candidate(Asked asked) throws BenchException {
    TrialPlan plan = pipeline.plan();
    int rung = asked.key().rung();
    Optional<StoredWeights> reached =
        plan.rungs().get(rung).continued()
            ? StoredWeights.below(asked.key(), store)
            : Optional.empty();
    if (reached.isEmpty()) {
      return candidate(asked, plan.anew(rung), new FreshWeights());
    }
    Graph graph = plan.graph(asked.proposal().architecture());
    return candidate(
        asked, plan.further(reached.get().trial().rung(), rung), reached.get().start(graph));
  }

  private static Candidate candidate(Asked asked, TrainingRecipe recipe, WeightSource weights) {
    Proposal proposal = asked.proposal();
    return new Candidate(
        asked.key(),
        OptionalInt.of(asked.number()),
        proposal.architecture(),
        proposal.parents(),
        proposal.seen(),
        recipe,
        weights);
  }
}
