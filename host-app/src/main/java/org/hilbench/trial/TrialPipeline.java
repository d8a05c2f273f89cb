package org.hilbench.trial;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.evaluate.Evaluator;
import org.hilbench.train.Observer;
import org.hilbench.train.Trainer;
import org.hilbench.verify.ReferenceRunner;
import org.hilbench.worker.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of one candidate: architecture, graph, trained weights, int8 model, firmware on a device,
 * numbers, trial.
 *
 * <p>Thread-safe. {@link #walk} blocks for as long as the way takes and ends within a moment when
 * its thread is interrupted.
 */
public final class TrialPipeline {
  private static final Logger LOG = LoggerFactory.getLogger(TrialPipeline.class);

  private final TrialPlan plan;
  private final TrialSteps steps;
  private final InstantSource clock;

  public TrialPipeline(
      TrialPlan plan,
      Trainer trainer,
      Observer observer,
      Evaluator evaluator,
      ReferenceRunner references,
      MeasureStage measuring,
      ArtifactSource kept,
      InstantSource clock) {
    this.plan = plan;
    this.steps =
        new TrialSteps(plan, trainer, observer, evaluator, references, measuring, kept, clock);
    this.clock = clock;
  }

  public TrialPlan plan() {
    return plan;
  }

  /**
   * Takes a candidate all the way. What goes wrong with this candidate alone is the trial's {@link
   * Outcome}.
   *
   * @throws BenchException of another kind than TRIAL, or this thread was interrupted: nothing is
   *     known of the candidate, and nothing of it is to be stored
   */
  public Walk walk(Candidate candidate, Progress progress) throws BenchException {
    Instant startedAt = clock.instant();
    Passage passage = new Passage(candidate, plan.targets(), progress);
    Outcome outcome = ended(passage);
    Trial trial =
        new Trial(
            candidate.key(),
            candidate.ask(),
            candidate.architecture(),
            candidate.parents(),
            candidate.seen(),
            startedAt,
            clock.instant(),
            outcome,
            passage.watch.spent(),
            passage.provenance(plan.origin(), plan.seed()));
    return new Walk(trial, passage.artifacts());
  }

  private Outcome ended(Passage passage) throws BenchException {
    try {
      return outcome(passage);
    } catch (BenchException e) {
      if (e.kind() == BenchException.Kind.PASSING) {
        throw notStored(passage.candidate, e.stage(), e.getMessage(), e);
      }
      if (e.kind() != BenchException.Kind.TRIAL || Thread.currentThread().isInterrupted()) {
        throw e;
      }
      return new Outcome.Failed(e.stage(), e.getMessage());
    } catch (UncheckedIOException | VirtualMachineError | LinkageError e) {
      throw notStored(passage.candidate, passage.watch.current(), e.toString(), e);
    } catch (RuntimeException e) {
      LOG.error("{} broke", passage.candidate.name(), e);
      return new Outcome.Failed(passage.watch.current(), "internal error, please report it: " + e);
    }
  }

  private static BenchException notStored(
      Candidate candidate, Stage stage, String why, Throwable cause) {
    return new BenchException(
        stage,
        BenchException.Kind.PASSING,
        why + " (nothing of " + candidate.name() + " is stored; go on with --resume)",
        cause);
  }

  private Outcome outcome(Passage passage) throws BenchException {
    passage.hash("architecture", passage.candidate.architecture().canonicalHash());
    passage.hash("data", plan.dataset().contentHash());
    for (Step step : plan.order().steps()) {
      steps.take(step, passage);
      if (passage.fitsNone()) {
        break;
      }
    }
    return passage.outcome();
  }

  /** Int8 accuracy on the official test split; for the final report only. */
  public double testAccuracy(String name, byte[] model) throws BenchException {
    return steps.testAccuracy(name, model);
  }
}
