package org.hilbench.trial;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.data.Split;
import org.hilbench.evaluate.Evaluator;
import org.hilbench.evaluate.InputCodes;
import org.hilbench.graph.Graph;
import org.hilbench.graph.QuantPolicy;
import org.hilbench.measure.Bytes;
import org.hilbench.measure.Measurement;
import org.hilbench.quantity.TargetId;
import org.hilbench.reference.Kernels;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.train.Observer;
import org.hilbench.train.Trainer;
import org.hilbench.verify.ReferenceAnswers;
import org.hilbench.verify.ReferenceRunner;

/** Takes candidates through the stages, one step at a time. Thread-safe. */
final class TrialSteps {
  /** On this many validation examples the device's bytes have to equal the reference's. */
  private static final int BELIEVED_ON = 3;

  /** Validation examples for each layer's sensitivity: it steers mutations, nothing is believed. */
  private static final int SENSED_ON = 1_000;

  private final TrialPlan plan;
  private final TrainStage training;
  private final QuantizeStage quantizing;
  private final EvaluateStage evaluating;
  private final ReferenceRunner references;
  private final MeasureStage measuring;
  private final SensitivityStage sensing;
  private final ArtifactSource kept;
  private final KeptMeasurements memory;

  TrialSteps(
      TrialPlan plan,
      Trainer trainer,
      Observer observer,
      Evaluator evaluator,
      ReferenceRunner references,
      MeasureStage measuring,
      ArtifactSource kept,
      InstantSource clock) {
    this.plan = plan;
    this.training = new TrainStage(plan.dataset(), plan.seed(), trainer, kept);
    this.quantizing = new QuantizeStage(plan.dataset(), observer, evaluator);
    this.evaluating = new EvaluateStage(plan.dataset(), evaluator);
    this.references = references;
    this.measuring = measuring;
    this.sensing = new SensitivityStage(plan.dataset(), evaluator, SENSED_ON);
    this.kept = kept;
    this.memory = new KeptMeasurements(kept, clock);
  }

  /** Takes one step, whose result is added to the passage. */
  void take(Step step, Passage passage) throws BenchException {
    switch (step) {
      case FIT -> fit(passage);
      case TRAIN -> train(passage);
      case QUANTIZE -> quantize(passage);
      case EVALUATE -> evaluate(passage);
      case MEASURE -> measure(passage);
      case SENSE -> sense(passage);
    }
  }

  private void fit(Passage passage) throws BenchException {
    Graph graph = plan.graph(passage.candidate.architecture());
    byte[] model = quantizing.quantize(graph, UntrainedNetwork.of(graph)).model();
    for (TargetId target : passage.targets()) {
      MeasureStage.Fit fit =
          passage.watch.time(Stage.BUILD, () -> measuring.fit(model, order(target), memory));
      fit.misfit().ifPresent(passage::misfit);
      fit.artifact().ifPresent(passage::add);
    }
  }

  private void train(Passage passage) throws BenchException {
    Candidate candidate = passage.candidate;
    TrainStage.Order order =
        new TrainStage.Order(
            candidate.name(), candidate.architecture(), candidate.recipe(), candidate.weights());
    passage.trained(passage.watch.time(Stage.TRAIN, () -> training.train(order, passage.progress)));
  }

  private void quantize(Passage passage) throws BenchException {
    TrainStage.Result trained = passage.trained();
    QuantizeStage.Result integers =
        passage.watch.time(Stage.QUANTIZE, () -> quantized(passage.candidate, trained));
    passage.quantized(integers);
    StageKey key = StageKey.quantize(trained.key(), policy(passage.candidate, trained));
    passage.add(new Artifact(key, Artifact.MODEL, integers.model()));
    if (!integers.tried().isEmpty()) {
      passage.add(new Artifact(key, Artifact.CALIBRATION, integers.json()));
    }
    passage.hash("model", Bytes.of(integers.model()).sha256());
  }

  private QuantizeStage.Result quantized(Candidate candidate, TrainStage.Result trained)
      throws BenchException {
    Graph graph = plan.graph(candidate.architecture());
    return chooses(candidate, trained)
        ? quantizing.best(candidate.name(), graph, trained.weights().file())
        : quantizing.quantize(graph, trained.weights().file());
  }

  /** Weights that were trained on as integers keep the ranges they were trained under. */
  private static boolean chooses(Candidate candidate, TrainStage.Result trained) {
    return candidate.finalVersion() && !trained.tuned();
  }

  /** Policy of the search, and the architecture's own where it is not int8 throughout. */
  private String policy(Candidate candidate, TrainStage.Result trained) {
    QuantPolicy own = candidate.architecture().policy();
    String layers = own.equals(QuantPolicy.INT8) ? "" : " " + own.summary();
    return plan.policy() + layers + (chooses(candidate, trained) ? " best1" : "");
  }

  private void evaluate(Passage passage) throws BenchException {
    passage.evaluated(passage.watch.time(Stage.EVALUATE, () -> accuracy(passage)));
  }

  /** A final version is read on the test split too, once. */
  private Accuracy accuracy(Passage passage) throws BenchException {
    String name = passage.candidate.name();
    byte[] model = passage.model().model();
    Accuracy accuracy =
        Accuracy.onValidation(
            passage.trained().floatAccuracy(), evaluating.accuracy(name, model, Split.VALIDATION));
    return passage.candidate.finalVersion()
        ? accuracy.withTest(evaluating.accuracy(name, model, Split.TEST))
        : accuracy;
  }

  private void measure(Passage passage) throws BenchException {
    byte[] model = passage.model().model();
    ReferenceAnswers reference = passage.watch.time(Stage.VERIFY, () -> reference(model));
    if (Kernels.goBeyondTensorFlowLite(reference.model())) {
      passage.goesBeyondTensorFlowLite();
    }
    for (TargetId target : passage.targets()) {
      MeasureStage.Answer answer =
          passage.watch.time(
              Stage.RUN, () -> measuring.measure(model, reference, order(target), memory));
      if (answer instanceof MeasureStage.Answer.DoesNotFit tooBig) {
        passage.misfit(tooBig.why().misfit());
      } else {
        passage.measured(target, believed((MeasureStage.Answer.Measured) answer));
      }
      answer.artifact().ifPresent(passage::add);
    }
  }

  private MeasureStage.Order order(TargetId target) {
    return MeasureStage.Order.of(target, plan.kernels(), plan.loading());
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
    if (!answer.agreement().equal()) {
      throw new BenchException(
          Stage.VERIFY,
          BenchException.Kind.TRIAL,
          "the device computes other bytes than TensorFlow Lite's reference kernels: "
              + answer.agreement().text());
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

  /** Only for what will breed: it fits every board, and is no final version. */
  private void sense(Passage passage) throws BenchException {
    boolean breeds = passage.fitsAll() && !passage.candidate.finalVersion();
    if (!plan.precisionSearched() || !breeds) {
      return;
    }
    Sensitivity sensitivity =
        passage.watch.time(Stage.EVALUATE, () -> sensitivity(passage.candidate, passage.trained()));
    passage.sensed(sensitivity);
    passage.add(sensitivity.artifact(passage.trained().floatKey()));
  }

  /** Precision has no part in it, so networks that differ in that alone share it. */
  private Sensitivity sensitivity(Candidate candidate, TrainStage.Result trained)
      throws BenchException {
    Optional<Sensitivity> paidFor = Sensitivity.find(kept, trained.floatKey());
    return paidFor.isPresent()
        ? paidFor.get()
        : sensing.of(candidate.name(), candidate.architecture(), trained.floats().file());
  }

  /** Int8 accuracy on the official test split. */
  double testAccuracy(String name, byte[] model) throws BenchException {
    return evaluating.accuracy(name, model, Split.TEST);
  }
}
