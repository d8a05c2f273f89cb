package org.hilbench.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.hilbench.BenchException;
import org.hilbench.BenchException.Kind;
import org.hilbench.Stage;
import org.hilbench.data.Split;
import org.hilbench.evaluate.EvaluationTask;
import org.hilbench.evaluate.InputCodes;
import org.hilbench.graph.Precision;
import org.hilbench.graph.QuantPolicy;
import org.hilbench.measure.Bytes;
import org.hilbench.measure.DoesNotFit;
import org.hilbench.measure.Loading;
import org.hilbench.measure.Measurement;
import org.hilbench.measure.MeasurementJob;
import org.hilbench.measure.MeasurementResult;
import org.hilbench.quantity.TargetId;
import org.hilbench.search.TrialKey;
import org.hilbench.space.Architecture;
import org.hilbench.store.TrialJson;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.train.FreshWeights;
import org.hilbench.train.Trainer;
import org.hilbench.worker.Progress;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the pipeline makes of what benches answer. */
@Timeout(200)
final class MomentOfBeliefTest {
  private static final List<String> BOARDS = List.of("mps2-an386", "nucleo-l4r5zi");
  private static final Architecture NETWORK = SampleTrials.search(1, 5).get(0).architecture();

  @TempDir static Path folder;
  private static ScriptedStages stages;

  @BeforeAll
  static void prepare() throws Exception {
    stages = new ScriptedStages(folder);
  }

  private static Candidate searched() {
    return candidate(TrialKey.first(0), NETWORK);
  }

  private static Candidate candidate(TrialKey key, Architecture network) {
    return new Candidate(
        key,
        OptionalInt.of(key.number()),
        network,
        List.of(),
        0,
        stages.plan(BOARDS, false).anew(0),
        new FreshWeights());
  }

  private static Candidate finalVersion() {
    TrialPlan plan = stages.plan(BOARDS, false);
    return new Candidate(
        new TrialKey(0, plan.finalRung()),
        OptionalInt.empty(),
        NETWORK,
        List.of(),
        0,
        plan.finalRecipe(),
        new FreshWeights());
  }

  private static Outcome outcome(ScriptedQueue.Script script) throws BenchException {
    return walk(new ScriptedQueue(script)).trial().outcome();
  }

  private static Walk walk(ScriptedQueue queue) throws BenchException {
    return stages
        .pipeline(stages.plan(BOARDS, false), queue, ArtifactSource.none())
        .walk(searched(), Progress.NONE);
  }

  private static CompletableFuture<MeasurementResult> right(MeasurementJob job)
      throws BenchException {
    return ScriptedQueue.ran(job, ScriptedQueue.right(job));
  }

  @Test
  void whereEveryByteIsRightTheNumbersOfEachBoardAreBelieved() throws Exception {
    Map<TargetId, Measurement> gave = new java.util.TreeMap<>();
    ScriptedQueue queue =
        new ScriptedQueue(
            job -> {
              long model = job.boardId().equals(BOARDS.get(0)) ? 1_000 : 2_000;
              Measurement of = ScriptedQueue.sized(ScriptedQueue.right(job), 0.5, 900, model);
              gave.put(TargetId.of(job.boardId()), of);
              return ScriptedQueue.ran(job, of);
            });
    Walk walk = walk(queue);
    Outcome.Evaluated evaluated =
        assertInstanceOf(Outcome.Evaluated.class, walk.trial().outcome(), walk.trial()::toString);
    assertEquals(gave, evaluated.on());
    assertEquals(2, gave.size());
    assertEquals(Optional.empty(), evaluated.sensitivity());
    assertEquals(ScriptedStages.FLOAT_ACCURACY, evaluated.accuracy().floatValidation());
    byte[] model = artifact(walk, Artifact.MODEL);
    assertEquals(
        ScriptedStages.accuracy(model, Split.VALIDATION), evaluated.accuracy().int8Validation());
  }

  @Test
  void eachBoardIsAskedForTheModelOnThreeValidationImages() throws Exception {
    ScriptedQueue queue = new ScriptedQueue(MomentOfBeliefTest::right);
    Walk walk = walk(queue);
    assertEquals(BOARDS, queue.jobs().stream().map(MeasurementJob::boardId).toList());
    byte[] model = artifact(walk, Artifact.MODEL);
    List<Bytes> images =
        InputCodes.of(TfliteModel.parse(model).inputTensor())
            .first(3, stages.dataset().split(Split.VALIDATION))
            .stream()
            .map(Bytes::of)
            .toList();
    for (MeasurementJob job : queue.jobs()) {
      assertEquals(Bytes.of(model), job.model());
      assertEquals(images, job.inputs());
      assertEquals("hilbench", job.ingredients().kernels().name());
      assertEquals(MeasurementJob.ON_AUTO, job.on());
      assertEquals(Loading.LINKED, job.loading());
      assertTrue(job.perOp() && job.runs() >= 1 && job.elseLinked());
      assertFalse(job.keepOps().isEmpty(), "the logits");
    }
  }

  /** Each output, each operator's kept bytes and each CRC alone is enough. */
  @Test
  void whereAnyByteDiffersNothingIsBelieved() throws Exception {
    MeasurementJob job = anyJob();
    Measurement right = ScriptedQueue.right(job);
    List<Consumer<JsonNode>> lies = new ArrayList<>();
    for (int image = 0; image < 3; image++) {
      int of = image;
      for (int at : new int[] {0, 4, 9}) {
        lies.add(json -> flip((ObjectNode) json.at("/outputs/" + of), "output", at));
        lies.add(json -> flip(kept(json, of), kept(json, of).fieldNames().next(), at));
      }
    }
    for (int op = 0; op < right.ops().size(); op++) {
      int of = op;
      lies.add(json -> addOne((ObjectNode) json.at("/ops/" + of), "outputCrc"));
    }
    assertTrue(lies.size() > 20, "there are operators");
    for (int board = 0; board < BOARDS.size(); board++) {
      String liar = BOARDS.get(board);
      for (Consumer<JsonNode> lie : board == 0 ? lies : lies.subList(0, 1)) {
        Outcome outcome =
            outcome(
                asked ->
                    asked.boardId().equals(liar)
                        ? ScriptedQueue.ran(
                            asked, ScriptedQueue.edited(ScriptedQueue.right(asked), lie))
                        : right(asked));
        Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, outcome);
        assertEquals(Stage.VERIFY, failed.stage());
        assertTrue(failed.reason().startsWith("the device computes other bytes"), failed::reason);
      }
    }
  }

  @Test
  void whereAnAnswerIsMissingNothingIsBelieved() throws Exception {
    for (String missing : List.of("/outputs", "/ops")) {
      Outcome outcome =
          outcome(
              job ->
                  ScriptedQueue.ran(
                      job,
                      ScriptedQueue.edited(
                          ScriptedQueue.right(job),
                          json -> ((ArrayNode) json.at(missing)).remove(1))));
      assertInstanceOf(Outcome.Failed.class, outcome, missing);
    }
  }

  @Test
  void withoutAConfirmedClockThereIsNothingToGoBy() throws Exception {
    Outcome outcome =
        outcome(
            job ->
                ScriptedQueue.ran(
                    job,
                    ScriptedQueue.edited(
                        ScriptedQueue.right(job),
                        json -> {
                          ((ObjectNode) json).putNull("timing");
                          ObjectNode clock = (ObjectNode) json.at("/clock");
                          clock.put("confirmed", false);
                          clock.put("cause", "the crystal is off");
                        })));
    Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, outcome);
    assertEquals(Stage.RUN, failed.stage());
    assertTrue(failed.reason().contains("not confirmed (the crystal is off)"), failed::reason);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void whatDoesNotFitOneBoardIsRejectedAndKeepsWhatTheOtherSaid(int tooSmall) throws Exception {
    String other = BOARDS.get(1 - tooSmall);
    Outcome outcome =
        outcome(
            job ->
                job.boardId().equals(BOARDS.get(tooSmall))
                    ? ScriptedQueue.tooLarge(job, 700, 640)
                    : right(job));
    Outcome.Rejected rejected = assertInstanceOf(Outcome.Rejected.class, outcome);
    assertEquals(BOARDS.get(tooSmall), rejected.boardId());
    assertEquals("RAM", rejected.what());
    assertEquals(700, rejected.needed().value());
    assertEquals(640, rejected.limit().value());
    TargetId target = TargetId.of(other);
    assertEquals(Set.of(target), outcome.on().keySet(), "feasible there");
    assertEquals(other, outcome.on().get(target).boardId());
    assertEquals(
        ScriptedStages.FLOAT_ACCURACY, rejected.accuracy().orElseThrow().floatValidation());
    String json = TrialJson.mapper().writeValueAsString(outcome);
    assertEquals(outcome, TrialJson.mapper().readValue(json, Outcome.class));
  }

  @Test
  void eachOperatingPointOfABoardHasItsOwnNumbers() throws Exception {
    List<String> targets = List.of("nucleo-l4r5zi", "nucleo-l4r5zi@24mhz");
    ScriptedQueue queue =
        new ScriptedQueue(
            job ->
                ScriptedQueue.ran(
                    job,
                    ScriptedQueue.sized(
                        ScriptedQueue.right(job),
                        job.operatingPoint().isPresent() ? 0.5 : 0.1,
                        900,
                        1_000)));
    Outcome outcome =
        stages
            .pipeline(stages.plan(targets, false), queue, ArtifactSource.none())
            .walk(searched(), Progress.NONE)
            .trial()
            .outcome();
    List<Optional<String>> points =
        queue.jobs().stream().map(MeasurementJob::operatingPoint).toList();
    assertEquals(List.of(Optional.empty(), Optional.of("24mhz")), points);
    Outcome.Evaluated evaluated = assertInstanceOf(Outcome.Evaluated.class, outcome);
    assertEquals(0.1, latency(evaluated, targets.get(0)));
    assertEquals(0.5, latency(evaluated, targets.get(1)));
    String json = TrialJson.mapper().writeValueAsString(outcome);
    assertTrue(json.contains("\"nucleo-l4r5zi@24mhz\":{\"boardId\""), json);
    assertEquals(outcome, TrialJson.mapper().readValue(json, Outcome.class));
  }

  private static double latency(Outcome.Evaluated evaluated, String target) {
    return evaluated.on(TargetId.parse(target)).timed().latency().value();
  }

  @Test
  void everyBoardThatIsTooSmallIsNamed() throws Exception {
    Outcome outcome = outcome(job -> ScriptedQueue.tooLarge(job, 700, 640));
    Outcome.Rejected rejected = assertInstanceOf(Outcome.Rejected.class, outcome);
    assertEquals(BOARDS, rejected.by().stream().map(DoesNotFit::boardId).toList());
    assertEquals(Optional.empty(), rejected.accuracy(), "of no use to anybody");
    assertEquals(
        "RAM of mps2-an386 is too small: 700 bytes are needed, there are 640;"
            + " RAM of nucleo-l4r5zi is too small: 700 bytes are needed, there are 640",
        rejected.reason());
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void onlyACandidatesOwnFailureIsATrials(Kind kind) throws Exception {
    ScriptedQueue.Script script = job -> ScriptedQueue.failed(job, kind);
    if (kind == Kind.TRIAL) {
      Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, outcome(script));
      assertEquals(new Outcome.Failed(Stage.RUN, "as the script says"), failed);
      return;
    }
    BenchException thrown = assertThrows(BenchException.class, () -> outcome(script));
    assertEquals(kind, thrown.kind());
    assertTrue(thrown.getMessage().contains("as the script says"), thrown::getMessage);
  }

  @Test
  void aCancelledMeasurementIsNobodysFailure() {
    BenchException thrown =
        assertThrows(BenchException.class, () -> outcome(job -> ScriptedQueue.cancelled()));
    assertEquals(Kind.PASSING, thrown.kind());
    assertTrue(thrown.getMessage().contains("nothing of trial 0 is stored"), thrown::getMessage);
  }

  @Test
  void anInterruptionCancelsWhatIsMeasuredAndLeavesNoTrial() throws Exception {
    CompletableFuture<MeasurementResult> never = new CompletableFuture<>();
    CountDownLatch asked = new CountDownLatch(1);
    AtomicReference<Throwable> end = new AtomicReference<>();
    Thread walking =
        new Thread(
            () ->
                end.set(
                    assertThrows(
                        BenchException.class,
                        () ->
                            outcome(
                                job -> {
                                  asked.countDown();
                                  return never;
                                }))));
    walking.start();
    asked.await();
    walking.interrupt();
    walking.join();
    assertInstanceOf(BenchException.class, end.get());
    assertTrue(never.isCancelled());
  }

  @Test
  void aDefectFailsOneTrialAndADiskOrMemoryNone() throws Exception {
    Trainer defect = failing(new IllegalStateException("a defect"));
    Outcome.Failed failed =
        assertInstanceOf(Outcome.Failed.class, trained(defect).trial().outcome());
    assertEquals(Stage.TRAIN, failed.stage());
    assertTrue(failed.reason().contains("a defect"), failed::reason);
    Trainer disk = failing(new UncheckedIOException(new IOException("No space left on device")));
    BenchException full = assertThrows(BenchException.class, () -> trained(disk));
    assertEquals(Kind.PASSING, full.kind());
    assertEquals(Stage.TRAIN, full.stage());
    assertTrue(full.getMessage().contains("No space left on device"), full::getMessage);
    Trainer memory =
        (task, progress) -> {
          throw new OutOfMemoryError("unable to create native thread");
        };
    assertEquals(Kind.PASSING, assertThrows(BenchException.class, () -> trained(memory)).kind());
  }

  private static Trainer failing(RuntimeException with) {
    return (task, progress) -> {
      throw with;
    };
  }

  private static Walk trained(Trainer trainer) throws BenchException {
    return stages
        .pipeline(
            stages.plan(BOARDS, false),
            trainer,
            new ScriptedQueue(MomentOfBeliefTest::right),
            ArtifactSource.none())
        .walk(searched(), Progress.NONE);
  }

  @Test
  void theTestSplitIsReadForAFinalVersionAloneAndOnce() throws Exception {
    ScriptedStages fresh = new ScriptedStages(folder.resolve("splits"));
    ScriptedQueue queue = new ScriptedQueue(MomentOfBeliefTest::right);
    TrialPipeline pipeline =
        fresh.pipeline(fresh.plan(BOARDS, false), queue, ArtifactSource.none());
    Walk searched = pipeline.walk(searched(), Progress.NONE);
    assertEquals(List.of(), onTest(fresh));
    assertEquals(Optional.empty(), testAccuracy(searched));
    Walk trainedOn = pipeline.walk(finalVersion(), Progress.NONE);
    assertEquals(1, onTest(fresh).size());
    byte[] model = artifact(trainedOn, Artifact.MODEL);
    assertEquals(Optional.of(ScriptedStages.accuracy(model, Split.TEST)), testAccuracy(trainedOn));
  }

  private static List<EvaluationTask> onTest(ScriptedStages of) {
    return of.evaluations().stream().filter(task -> task.split() == Split.TEST).toList();
  }

  private static Optional<Double> testAccuracy(Walk walk) {
    Outcome.Evaluated evaluated =
        assertInstanceOf(Outcome.Evaluated.class, walk.trial().outcome(), walk.trial()::toString);
    return evaluated.accuracy().int8Test().stream().boxed().findFirst();
  }

  @Test
  void whereNumbersAreRefusedOrBytesWrongNoSensitivityIsPaidFor() throws Exception {
    ScriptedStages fresh = new ScriptedStages(folder.resolve("refused"));
    TrialPlan plan = fresh.plan(BOARDS, true);
    ScriptedQueue tooLarge = new ScriptedQueue(job -> ScriptedQueue.tooLarge(job, 2, 1));
    fresh.pipeline(plan, tooLarge, ArtifactSource.none()).walk(searched(), Progress.NONE);
    assertEquals(1, fresh.evaluations().size(), "the accuracy alone");
  }

  @Test
  void whereSearchedSensitivityIsMeasuredOnceForAllPrecisionsAndNotInTheEnd() throws Exception {
    ScriptedStages fresh = new ScriptedStages(folder.resolve("sensitivity"));
    TrialPlan plan = fresh.plan(BOARDS.subList(0, 1), true);
    ScriptedQueue queue = new ScriptedQueue(MomentOfBeliefTest::right);
    Walk first = fresh.pipeline(plan, queue, ArtifactSource.none()).walk(searched(), Progress.NONE);
    Sensitivity sensitivity = evaluated(first).sensitivity().orElseThrow();
    long convolutions = fresh.evaluations().size() - 2L;
    assertEquals(convolutions, sensitivity.layers().size());
    ArtifactSource kept = (key, name) -> find(first, key, name);
    Architecture wide = NETWORK.withPolicy(QuantPolicy.all(Precision.W8A16));
    int before = fresh.evaluations().size();
    Walk second =
        fresh.pipeline(plan, queue, kept).walk(candidate(TrialKey.first(1), wide), Progress.NONE);
    assertEquals(Optional.of(sensitivity), evaluated(second).sensitivity());
    assertEquals(before + 1, fresh.evaluations().size(), "its own accuracy alone");
    Walk trainedOn = fresh.pipeline(plan, queue, kept).walk(finalVersion(), Progress.NONE);
    assertEquals(Optional.empty(), evaluated(trainedOn).sensitivity());
  }

  private static Outcome.Evaluated evaluated(Walk walk) {
    return assertInstanceOf(
        Outcome.Evaluated.class, walk.trial().outcome(), walk.trial()::toString);
  }

  private static Optional<Artifact> find(Walk walk, StageKey key, String name) {
    return walk.artifacts().stream()
        .filter(artifact -> artifact.key().equals(key) && artifact.name().equals(name))
        .findFirst();
  }

  private static byte[] artifact(Walk walk, String name) {
    return walk.artifacts().stream()
        .filter(artifact -> artifact.name().equals(name))
        .findFirst()
        .orElseThrow()
        .bytes();
  }

  private static MeasurementJob anyJob() throws BenchException {
    ScriptedQueue queue = new ScriptedQueue(MomentOfBeliefTest::right);
    walk(queue);
    return queue.jobs().get(0);
  }

  private static ObjectNode kept(JsonNode json, int image) {
    return (ObjectNode) json.at("/outputs/" + image + "/kept");
  }

  private static void flip(ObjectNode of, String field, int at) {
    byte[] bytes = Base64.getDecoder().decode(of.get(field).textValue());
    bytes[at] ^= 1;
    of.put(field, Base64.getEncoder().encodeToString(bytes));
  }

  private static void addOne(ObjectNode of, String field) {
    of.put(field, of.get(field).longValue() ^ 1);
  }
}
