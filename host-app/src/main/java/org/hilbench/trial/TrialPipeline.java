package org.hilbench.trial;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.data.Split;
import org.hilbench.evaluate.EvaluationTask;
import org.hilbench.evaluate.Evaluator;
import org.hilbench.evaluate.InputCodes;
import org.hilbench.graph.Graph;
import org.hilbench.graph.QuantPolicy;
import org.hilbench.measure.Bytes;
import org.hilbench.measure.Measurement;
import org.hilbench.reference.Kernels;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.train.Observer;
import org.hilbench.train.Trainer;
import org.hilbench.verify.ReferenceAnswers;
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
  private static final Duration EVALUATION_DEADLINE = Duration.ofMinutes(10);

  /** On this many validation examples the device's bytes have to equal the reference's. */
  private static final int BELIEVED_ON = 3;

  /** Validation examples for each layer's sensitivity: it steers mutations, nothing is believed. */
  private static final int SENSED_ON = 1_000;

  private final TrialPlan plan;
  private final TrainStage training;
  private final QuantizeStage quantizing;
  private final Evaluator evaluator;
  private final ReferenceRunner references;
  private final MeasureStage measuring;
  private final SensitivityStage sensing;
  private final ArtifactSource kept;
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
    this.training = new TrainStage(plan, trainer, kept);
    this.quantizing = new QuantizeStage(plan, observer, evaluator);
    this.evaluator = evaluator;
    this.references = references;
    this.measuring = measuring;
    this.sensing = new SensitivityStage(plan.dataset(), evaluator, SENSED_ON);
    this.kept = kept;
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
    Notes notes = new Notes(candidate, progress);
    Outcome outcome = ended(candidate, notes);
    Trial trial =
        new Trial(
            candidate.number(),
            candidate.architecture(),
            candidate.parents(),
            candidate.seen(),
            startedAt,
            clock.instant(),
            candidate.fidelity(),
            outcome,
            notes.watch.spent(),
            provenance(notes));
    return new Walk(trial, notes.artifacts);
  }

  private Outcome ended(Candidate candidate, Notes notes) throws BenchException {
    try {
      return outcome(candidate, notes);
    } catch (BenchException e) {
      if (e.kind() == BenchException.Kind.PASSING) {
        throw notStored(candidate, e.stage(), e.getMessage(), e);
      }
      if (e.kind() != BenchException.Kind.TRIAL || Thread.currentThread().isInterrupted()) {
        throw e;
      }
      return new Outcome.Failed(e.stage(), e.getMessage());
    } catch (UncheckedIOException | VirtualMachineError | LinkageError e) {
      throw notStored(candidate, notes.watch.current(), e.toString(), e);
    } catch (RuntimeException e) {
      LOG.error("{} broke", candidate.name(), e);
      return new Outcome.Failed(notes.watch.current(), "internal error, please report it: " + e);
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

  /** What is left behind on the way, also by a candidate that does not reach the end. */
  private static final class Notes {
    private final Progress progress;
    private final Stopwatch watch;
    private final List<Artifact> artifacts = new ArrayList<>();
    private final Map<String, String> hashes = new TreeMap<>();
    private boolean beyondTensorFlowLite;

    Notes(Candidate candidate, Progress progress) {
      this.progress = progress;
      this.watch = new Stopwatch(candidate.name());
    }
  }

  private Provenance provenance(Notes notes) {
    Provenance provenance = plan.origin().with(plan.seed(), notes.hashes);
    return notes.beyondTensorFlowLite
        ? provenance.withTool("reference", "TensorFlow Lite's; QUANTIZE int8 to int16 hilbench's")
        : provenance;
  }

  private Outcome outcome(Candidate candidate, Notes notes) throws BenchException {
    Graph graph = plan.graph(candidate.architecture());
    notes.hashes.put("architecture", candidate.architecture().canonicalHash());
    notes.hashes.put("data", plan.dataset().contentHash());

    // weights, and the ranges that the activations take
    TrainStage.Result trained =
        notes.watch.time(Stage.TRAIN, () -> training.train(candidate, graph, notes.progress));
    notes.artifacts.addAll(trained.artifacts());

    // batch norm folded, integers, a .tflite file
    QuantizeStage.Result integers =
        notes.watch.time(Stage.QUANTIZE, () -> quantizing.quantize(candidate, graph, trained));
    byte[] model = integers.model();
    StageKey quantized = StageKey.quantize(trained.key(), policy(candidate, trained));
    notes.artifacts.add(new Artifact(quantized, Artifact.MODEL, model));
    if (!integers.tried().isEmpty()) {
      notes.artifacts.add(new Artifact(quantized, Artifact.CALIBRATION, integers.json()));
    }
    notes.hashes.put("model", Bytes.of(model).sha256());

    // the accuracy of that very file, by TensorFlow Lite
    Accuracy accuracy = notes.watch.time(Stage.EVALUATE, () -> accuracy(candidate, trained, model));

    // the same file in firmware, on every board; believed only where its bytes are right
    ReferenceAnswers reference = notes.watch.time(Stage.VERIFY, () -> reference(model));
    notes.beyondTensorFlowLite = Kernels.goBeyondTensorFlowLite(reference.model());
    Map<String, Measurement> on = new TreeMap<>();
    for (String board : plan.boards()) {
      MeasureStage.Order order = MeasureStage.Order.of(board, plan.kernels(), plan.loading());
      MeasureStage.Answer answer =
          notes.watch.time(Stage.RUN, () -> measuring.measure(model, reference, order));
      if (answer instanceof MeasureStage.Answer.DoesNotFit tooBig) {
        return rejected(tooBig);
      }
      on.put(board, believed((MeasureStage.Answer.Measured) answer));
    }

    // where precision is searched: what each layer would lose in 4 bits
    if (!plan.precisionSearched() || candidate.fidelity() == Fidelity.FINAL) {
      return new Outcome.Evaluated(accuracy, on);
    }
    Sensitivity sensitivity =
        notes.watch.time(Stage.EVALUATE, () -> sensitivity(candidate, trained));
    notes.artifacts.add(sensitivity.artifact(trained.floatKey()));
    return new Outcome.Evaluated(accuracy, on, Optional.of(sensitivity));
  }

  /** Precision has no part in it, so networks that differ in that alone share it. */
  private Sensitivity sensitivity(Candidate candidate, TrainStage.Result trained)
      throws BenchException {
    Optional<Sensitivity> paidFor = Sensitivity.find(kept, trained.floatKey());
    return paidFor.isPresent()
        ? paidFor.get()
        : sensing.of(candidate.name(), candidate.architecture(), trained.floats().file());
  }

  /** Policy of the search, and the architecture's own where it is not int8 throughout. */
  private String policy(Candidate candidate, TrainStage.Result trained) {
    QuantPolicy own = candidate.architecture().policy();
    String layers = own.equals(QuantPolicy.INT8) ? "" : " " + own.summary();
    return plan.policy() + layers + (QuantizeStage.chooses(candidate, trained) ? " best1" : "");
  }

  /** A final version is read on the test split too, once. */
  private Accuracy accuracy(Candidate candidate, TrainStage.Result trained, byte[] model)
      throws BenchException {
    Accuracy accuracy =
        Accuracy.onValidation(
            trained.floatAccuracy(), evaluate(candidate.name(), model, Split.VALIDATION));
    return candidate.fidelity() == Fidelity.FINAL
        ? accuracy.withTest(testAccuracy(candidate.name(), model))
        : accuracy;
  }

  /** Int8 accuracy on the official test split; for the final report only. */
  public double testAccuracy(String name, byte[] model) throws BenchException {
    return evaluate(name, model, Split.TEST);
  }

  private double evaluate(String name, byte[] model, Split split) throws BenchException {
    return evaluator
        .evaluate(
            new EvaluationTask(name, model, plan.dataset().reference(), split, EVALUATION_DEADLINE))
        .accuracy();
  }

  private ReferenceAnswers reference(byte[] file) throws BenchException {
    TfliteModel model = TfliteModel.parse(file);
    InputCodes codes = InputCodes.of(model.inputTensor());
    List<Bytes> inputs =
        codes.first(BELIEVED_ON, plan.dataset().split(Split.VALIDATION)).stream()
            .map(Bytes::of)
            .toList();
    return references.answers(model, inputs);
  }

  private static Measurement believed(MeasureStage.Answer.Measured answer) throws BenchException {
    if (!answer.verdict().equal()) {
      throw new BenchException(
          Stage.VERIFY,
          BenchException.Kind.TRIAL,
          "the device computes other bytes than TensorFlow Lite's reference kernels: "
              + answer.verdict().text());
    }
    Measurement measurement = answer.measurement();
    if (measurement.timing().isEmpty()) {
      throw new BenchException(
          Stage.RUN,
          BenchException.Kind.TRIAL,
          measurement.ranOn()
              + ": the clock is not confirmed ("
              + measurement.clock().cause()
              + "): there is no latency to go by; hilbench selftest shows more");
    }
    return measurement;
  }

  private static Outcome rejected(MeasureStage.Answer.DoesNotFit tooBig) {
    return new Outcome.Rejected(
        tooBig.why().boardId(), tooBig.why().what(), tooBig.why().needed(), tooBig.why().limit());
  }
}
