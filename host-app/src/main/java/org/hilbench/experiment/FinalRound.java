package org.hilbench.experiment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.hilbench.BenchException;
import org.hilbench.graph.Graph;
import org.hilbench.search.TrialKey;
import org.hilbench.space.Architecture;
import org.hilbench.space.SearchSpace;
import org.hilbench.store.TrialStore;
import org.hilbench.trial.Artifact;
import org.hilbench.trial.Candidate;
import org.hilbench.trial.Outcome;
import org.hilbench.trial.Trial;
import org.hilbench.trial.TrialPipeline;
import org.hilbench.trial.Walk;

/**
 * What follows a search: the best points of the front are trained on at the final budget, and every
 * point of the front is read on the test split. What is stored already is not done again.
 */
final class FinalRound {
  /** How many points of the front are trained on. */
  static final int TRAINED_ON = 3;

  private final TrialPipeline pipeline;
  private final TrialStore store;
  private final ExecutorService threads;
  private final ExperimentListener listener;

  FinalRound(
      TrialPipeline pipeline,
      TrialStore store,
      ExecutorService threads,
      ExperimentListener listener) {
    this.pipeline = pipeline;
    this.store = store;
    this.threads = threads;
    this.listener = listener;
  }

  /** The most accurate points of the front, best first, each network once. */
  static List<Trial> best(List<Trial> front) {
    Set<Architecture> networks = new HashSet<>();
    return front.stream()
        .sorted(Comparator.comparingDouble(FinalRound::accuracy).reversed())
        .filter(trial -> networks.add(trial.architecture().inInt8()))
        .limit(TRAINED_ON)
        .toList();
  }

  private static double accuracy(Trial trial) {
    return trial
        .outcome()
        .fold(evaluated -> evaluated.accuracy().int8Validation(), no -> 0.0, no -> 0.0);
  }

  /** Trains these on, those that are not stored yet. */
  void trainOn(List<Trial> best) throws BenchException, InterruptedException {
    Map<Integer, Trial> stored = StoredTrials.read(store).finals();
    List<Future<Trial>> running = new ArrayList<>();
    for (Trial trial : best) {
      if (!stored.containsKey(trial.number())) {
        running.add(threads.submit(() -> trainOn(trial)));
      }
    }
    awaitAll(running);
  }

  /**
   * Makes these in the other plain precisions too. Their float training is shared; what has 4 bits
   * is trained on as integers. Each is a trial of its own, its number counted from {@code first},
   * in its final version alone.
   */
  void inPlainPrecisions(List<Trial> best, SearchSpace space, int first)
      throws BenchException, InterruptedException {
    Map<Integer, Trial> stored = StoredTrials.read(store).finals();
    List<Future<Trial>> running = new ArrayList<>();
    int number = first;
    for (Trial trial : best) {
      for (Architecture plain : space.inPlainPrecisions(trial.architecture())) {
        int own = number++;
        if (!stored.containsKey(own) && !plain.equals(trial.architecture())) {
          running.add(threads.submit(() -> finish(trial, own, plain, List.of(trial.number()))));
        }
      }
    }
    awaitAll(running);
  }

  private Trial trainOn(Trial trial) throws BenchException {
    Trial finished = finish(trial, trial.number(), trial.architecture(), trial.parents());
    listener.worked("final " + trial.number(), (double) pipeline.plan().finalRecipe().samples());
    return finished;
  }

  /** The final version of a network that has the float weights of a trial of the search. */
  private Trial finish(Trial trial, int number, Architecture architecture, List<Integer> parents)
      throws BenchException {
    StoredWeights weights = StoredWeights.of(trial.key(), store).orElseThrow();
    Graph graph = pipeline.plan().graph(architecture);
    Candidate candidate =
        new Candidate(
            new TrialKey(number, pipeline.plan().finalRung()),
            OptionalInt.empty(),
            architecture,
            parents,
            trial.seen(),
            pipeline.plan().finalRecipe(),
            weights.start(graph));
    Walk walk = pipeline.walk(candidate, listener.training("final " + number));
    store.append(walk.trial(), walk.artifacts());
    return walk.trial();
  }

  /** Reads these on the test split, those that were not yet. */
  void readTestSplit(List<Trial> trials) throws BenchException, InterruptedException {
    List<Future<Trial>> running = new ArrayList<>();
    for (Trial trial : trials) {
      if (trial.outcome() instanceof Outcome.Evaluated evaluated
          && evaluated.accuracy().int8Test().isEmpty()) {
        running.add(
            threads.submit(
                () -> {
                  double int8 =
                      pipeline.testAccuracy(
                          trial.key().toString(), store.artifact(trial, Artifact.MODEL).bytes());
                  store.recordTest(trial.key(), int8);
                  return trial;
                }));
      }
    }
    awaitAll(running);
  }

  private static void awaitAll(List<Future<Trial>> running)
      throws BenchException, InterruptedException {
    try {
      for (Future<Trial> one : running) {
        one.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BenchException bench) {
        throw bench;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      running.forEach(one -> one.cancel(true));
    }
  }
}
