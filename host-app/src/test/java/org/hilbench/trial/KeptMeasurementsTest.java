package org.hilbench.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.hilbench.BenchException;
import org.hilbench.measure.Bytes;
import org.hilbench.measure.Conditions;
import org.hilbench.measure.Ingredients;
import org.hilbench.measure.Loading;
import org.hilbench.measure.Measurement;
import org.hilbench.measure.MeasurementJob;
import org.hilbench.measure.SampleFacts;
import org.hilbench.measure.SampleIngredients;
import org.hilbench.search.TrialKey;
import org.hilbench.store.SqliteTrialStore;
import org.hilbench.testkit.Records;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.train.FreshWeights;
import org.hilbench.verify.InProcessReference;
import org.hilbench.verify.ReferenceAnswers;
import org.hilbench.worker.Progress;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A measurement is paid for once. */
final class KeptMeasurementsTest {
  private static final Conditions OTHER =
      new Conditions("AAA111", true, "other links", "16mhz", "other firmware", "clang");

  private static final MeasurementJob JOB =
      MeasurementJob.of(
              Bytes.of(new byte[] {9, 9}),
              SampleIngredients.of("mps2-an386", "reference"),
              List.of(Bytes.of(new byte[] {1, 2, 3})))
          .job();

  /** Differs from the other in every component. */
  private static final MeasurementJob OTHER_JOB =
      MeasurementJob.of(
              Bytes.of(new byte[] {8}),
              new Ingredients(
                  SampleIngredients.named("nucleo-l4r5zi"),
                  SampleIngredients.named("hilbench"),
                  SampleIngredients.named("another runtime")),
              List.of(Bytes.of(new byte[] {4})))
          .on(MeasurementJob.ON_BOARD)
          .at(Optional.of("16mhz"))
          .keeping(List.of(1, 2))
          .timed(1, 3)
          .perOp(false)
          .loaded(Loading.UPLOADED, true)
          .job();

  /** Where it is asked to run, and under which id, is not what it costs. */
  private static final Set<String> OF_THE_ASKING = Set.of("id", "on");

  @TempDir static Path folder;
  private static ScriptedStages stages;
  private static byte[] model;
  private static ReferenceAnswers reference;

  private Optional<Conditions> under = Optional.of(SampleFacts.SIMULATED);
  private final ScriptedQueue queue =
      new ScriptedQueue(job -> ScriptedQueue.ran(job, ScriptedQueue.right(job), under));
  private final List<Artifact> kept = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-02T03:04:05Z");

  @BeforeAll
  static void prepare() throws Exception {
    stages = new ScriptedStages(folder.resolve("images"));
    try (InputStream file =
        KeptMeasurementsTest.class.getResourceAsStream("/org/hilbench/selftest/model.tflite")) {
      model = Objects.requireNonNull(file).readAllBytes();
    }
    TfliteModel parsed = TfliteModel.parse(model);
    Bytes input = Bytes.of(new byte[(int) parsed.inputTensor().bytes()]);
    reference = new InProcessReference().answers(parsed, List.of(input));
  }

  @Test
  void theSameBytesOnTheSameMachineAreMeasuredOnce() throws Exception {
    Measurement first = measured(SampleFacts.SIMULATED);
    assertEquals(Optional.empty(), first.keptSince());
    Instant made = now;
    now = now.plusSeconds(60);
    Measurement second = measured(SampleFacts.SIMULATED);
    assertEquals(1, queue.jobs().size());
    assertEquals(first.keptSince(made), second);
  }

  static Stream<RecordComponent> conditions() {
    return Stream.of(Conditions.class.getRecordComponents());
  }

  @ParameterizedTest
  @MethodSource("conditions")
  void underAnyOtherConditionItIsMeasuredAnew(RecordComponent component) throws Exception {
    measured(SampleFacts.SIMULATED);
    Conditions other = Records.with(SampleFacts.SIMULATED, component, OTHER);
    assertEquals(Optional.empty(), measured(other).keptSince(), component.getName());
    assertEquals(2, queue.jobs().size(), component.getName());
  }

  static Stream<RecordComponent> ofTheJob() {
    return Stream.of(MeasurementJob.class.getRecordComponents());
  }

  @ParameterizedTest
  @MethodSource("ofTheJob")
  void anotherJobIsMeasuredAnew(RecordComponent component) {
    MeasurementJob other = Records.with(JOB, component, OTHER_JOB);
    assertNotEquals(JOB, other);
    assertEquals(OF_THE_ASKING.contains(component.getName()), key(JOB).equals(key(other)));
  }

  static Stream<RecordComponent> ofTheIngredients() {
    return Stream.of(Ingredients.class.getRecordComponents());
  }

  @ParameterizedTest
  @MethodSource("ofTheIngredients")
  void ofOtherIngredientsItIsMeasuredAnew(RecordComponent component) {
    Ingredients mixed = Records.with(JOB.ingredients(), component, OTHER_JOB.ingredients());
    MeasurementJob other = MeasurementJob.of(JOB.model(), mixed, JOB.inputs()).job();
    assertNotEquals(key(JOB), key(other));
  }

  private static StageKey key(MeasurementJob job) {
    return StageKey.measure(job, SampleFacts.SIMULATED);
  }

  @Test
  void aBoardIsTakenAtItsWordInItsOwnExperimentAlone() throws Exception {
    Conditions board = OTHER;
    ArtifactSource source = this::found;
    answer(board, source);
    answer(board, ArtifactSource.of(source, List.of()));
    assertEquals(1, queue.jobs().size());
    answer(board, ArtifactSource.of(ArtifactSource.none(), List.of(source)));
    assertEquals(2, queue.jobs().size(), "of an earlier experiment");
    answer(SampleFacts.SIMULATED, source);
    answer(SampleFacts.SIMULATED, ArtifactSource.of(ArtifactSource.none(), List.of(source)));
    assertEquals(3, queue.jobs().size(), "a simulator counts the same in any");
  }

  @Test
  void whereNothingTellsWhatRunsNothingIsKept() throws Exception {
    under = Optional.empty();
    assertEquals(Optional.empty(), measured(this::found).artifact());
    measured(this::found);
    assertEquals(2, queue.jobs().size());
  }

  @Test
  void aResumedSearchFindsWhatItsStoreHas() throws Exception {
    TrialPlan plan = stages.plan(List.of("mps2-an386"), false);
    Path search = folder.resolve("search");
    try (SqliteTrialStore store = SqliteTrialStore.open(search)) {
      Walk walk = stages.pipeline(plan, queue, store).walk(candidate(plan, 0), Progress.NONE);
      store.append(walk.trial(), walk.artifacts());
    }
    try (SqliteTrialStore store = SqliteTrialStore.open(search)) {
      Walk walk = stages.pipeline(plan, queue, store).walk(candidate(plan, 1), Progress.NONE);
      assertEquals(1, queue.jobs().size());
      Measurement measurement = walk.trial().outcome().on().get(SampleTrials.TARGET);
      assertTrue(measurement.keptSince().isPresent());
      store.append(walk.trial(), walk.artifacts());
      assertEquals(walk.trial(), store.trials().get(1));
    }
  }

  @Test
  void whatIsNotBelievedIsNotKept() throws Exception {
    ScriptedQueue wrong = new ScriptedQueue(job -> ScriptedQueue.ran(job, wrong(job)));
    TrialPlan plan = stages.plan(List.of("mps2-an386"), false);
    Walk walk =
        stages.pipeline(plan, wrong, ArtifactSource.none()).walk(candidate(plan, 0), Progress.NONE);
    assertEquals(Outcome.FAILED, walk.trial().outcome().word());
    assertFalse(walk.artifacts().stream().anyMatch(one -> one.name().equals(Artifact.MEASUREMENT)));
  }

  private static Measurement wrong(MeasurementJob job) throws BenchException {
    return ScriptedQueue.edited(
        ScriptedQueue.right(job), json -> ((ObjectNode) json.at("/ops/0")).put("outputCrc", 1));
  }

  private static Candidate candidate(TrialPlan plan, int number) {
    return new Candidate(
        TrialKey.first(number),
        OptionalInt.of(number),
        SampleTrials.search(1, 5).get(0).architecture(),
        List.of(),
        0,
        plan.anew(0),
        new FreshWeights());
  }

  private Measurement measured(Conditions conditions) throws BenchException {
    return ((MeasureStage.Answer.Measured) answer(conditions, this::found)).measurement();
  }

  private MeasureStage.Answer answer(Conditions conditions, ArtifactSource source)
      throws BenchException {
    under = Optional.of(conditions);
    return measured(source);
  }

  private MeasureStage.Answer measured(ArtifactSource source) throws BenchException {
    MeasureStage stage = new MeasureStage(queue, new SampleFacts(under.stream().toList()));
    MeasureStage.Answer answer =
        stage.measure(
            model,
            reference,
            MeasureStage.Order.of(SampleTrials.TARGET, "hilbench", Loading.LINKED),
            new KeptMeasurements(source, () -> now));
    answer.artifact().ifPresent(kept::add);
    return answer;
  }

  private Optional<Artifact> found(StageKey key, String name) {
    return kept.stream()
        .filter(one -> one.key().equals(key) && one.name().equals(name))
        .findFirst();
  }
}
