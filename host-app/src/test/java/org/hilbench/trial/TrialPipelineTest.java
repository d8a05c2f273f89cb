package org.hilbench.trial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.data.Dataset;
import org.hilbench.data.FashionMnist;
import org.hilbench.data.SyntheticImages;
import org.hilbench.evaluate.ProcessEvaluator;
import org.hilbench.exec.ExecRunner;
import org.hilbench.graph.Precision;
import org.hilbench.graph.QuantPolicy;
import org.hilbench.measure.JobQueue;
import org.hilbench.measure.Loading;
import org.hilbench.measure.MeasurementJob;
import org.hilbench.measure.MeasurementResult;
import org.hilbench.measure.SampleFacts;
import org.hilbench.quantity.Quantity.Linked;
import org.hilbench.quantity.Unit;
import org.hilbench.search.TrialKey;
import org.hilbench.space.Architecture;
import org.hilbench.train.FreshWeights;
import org.hilbench.train.ProcessObserver;
import org.hilbench.train.ProcessTrainer;
import org.hilbench.train.Trainer;
import org.hilbench.train.TrainingRecipe;
import org.hilbench.verify.ProcessReference;
import org.hilbench.worker.Progress;
import org.hilbench.worker.WorkerPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real training and evaluation of a tiny budget; the boards are all too small. */
@Timeout(200)
class TrialPipelineTest {
  private static final Trial SAMPLE = SampleTrials.search(1, 5).get(0);

  private static final TrainingRecipe SHORT = new TrainingRecipe(640, 32, 1e-2, 0.1, 1e-2, 0);

  @TempDir static Path folder;
  private static Dataset dataset;
  private static WorkerPool pool;

  @BeforeAll
  static void start() throws BenchException {
    dataset = new FashionMnist().load(SyntheticImages.write(folder, 1200, 120));
    pool = WorkerPool.open(new ExecRunner(), ProcessTrainer.workers(1));
  }

  @AfterAll
  static void stop() {
    pool.close();
  }

  @Test
  void aTrainingThatWasPaidForIsNotPaidForAgain() throws Exception {
    Walk first = walk(new ProcessTrainer(pool), ArtifactSource.none());
    ArtifactSource kept = (key, name) -> find(first.artifacts(), key, name);
    Trainer never =
        (task, progress) -> {
          throw new AssertionError(task.name() + " was trained again");
        };
    Walk second = walk(never, kept);
    assertEquals(first.trial().outcome(), second.trial().outcome());
    assertArrayEquals(bytes(first, Artifact.MODEL), bytes(second, Artifact.MODEL));
  }

  @Test
  void networksThatDifferInPrecisionAloneShareTheirFloatTraining() throws Exception {
    Walk int8 = walk(new ProcessTrainer(pool), ArtifactSource.none());
    ArtifactSource kept = (key, name) -> find(int8.artifacts(), key, name);
    List<String> trained = new ArrayList<>();
    Trainer listed =
        (task, progress) -> {
          trained.add(task.name());
          return new ProcessTrainer(pool).start(task, progress);
        };
    Architecture wide = SAMPLE.architecture().withPolicy(QuantPolicy.all(Precision.W8A16));
    Walk sixteen = walk(wide, listed, kept, SHORT);
    assertEquals(List.of(), trained);
    assertTrue(sixteen.trial().provenance().tools().containsKey("reference"));
    assertTrue(!int8.trial().provenance().tools().containsKey("reference"));
    Architecture narrow = SAMPLE.architecture().withPolicy(QuantPolicy.all(Precision.W4A8));
    Walk four = walk(narrow, listed, kept, SHORT);
    assertEquals(List.of("trial 0 (as integers)"), trained);
    assertArrayEquals(bytes(int8, Artifact.WEIGHTS), bytes(four, Artifact.WEIGHTS));
    assertTrue(!Arrays.equals(bytes(four, Artifact.WEIGHTS), bytes(four, Artifact.TUNED_WEIGHTS)));
    assertTrue(bytes(four, Artifact.MODEL).length < bytes(int8, Artifact.MODEL).length);
    assertTrue(bytes(sixteen, Artifact.MODEL).length > bytes(int8, Artifact.MODEL).length);
  }

  @Test
  void aFinalVersionTakesTheWayOfQuantizingThatClassifiesBest() throws Exception {
    Walk walk =
        walk(
            SAMPLE.architecture(),
            OptionalInt.empty(),
            new ProcessTrainer(pool),
            ArtifactSource.none(),
            SHORT);
    assertInstanceOf(Outcome.Rejected.class, walk.trial().outcome(), walk.trial()::toString);
    JsonNode json = new JsonMapper().readTree(bytes(walk, Artifact.CALIBRATION));
    Map<String, Double> tried = new TreeMap<>();
    json.get("validation")
        .properties()
        .forEach(way -> tried.put(way.getKey(), way.getValue().asDouble()));
    assertEquals(6, tried.size(), tried.toString());
    assertEquals(Collections.max(tried.values()), tried.get(json.get("chosen").asText()));
    assertTrue(tried.keySet().containsAll(List.of("min-max", "percentile", "mse", "entropy")));
  }

  @Test
  void aNetworkTooLargeForItsBoardIsRejectedWithWhatWasTooLarge() throws Exception {
    Walk walk = walk(new ProcessTrainer(pool), ArtifactSource.none());
    Outcome.Rejected rejected = assertInstanceOf(Outcome.Rejected.class, walk.trial().outcome());
    assertEquals(SampleTrials.BOARD, rejected.boardId());
    assertEquals("FLASH", rejected.what());
  }

  @Test
  void aCandidateThatCannotBeTrainedFailsAlone() throws Exception {
    TrainingRecipe diverging = new TrainingRecipe(640, 32, 1e30, 0, 0, 0);
    Walk walk = walk(new ProcessTrainer(pool), ArtifactSource.none(), diverging);
    Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, walk.trial().outcome());
    assertEquals(Stage.TRAIN, failed.stage());
    assertTrue(failed.reason().contains("loss is NaN"), failed.reason());
  }

  private static Walk walk(Trainer trainer, ArtifactSource kept) throws BenchException {
    return walk(trainer, kept, SHORT);
  }

  private static Walk walk(Trainer trainer, ArtifactSource kept, TrainingRecipe recipe)
      throws BenchException {
    return walk(SAMPLE.architecture(), trainer, kept, recipe);
  }

  private static Walk walk(
      Architecture architecture, Trainer trainer, ArtifactSource kept, TrainingRecipe recipe)
      throws BenchException {
    return walk(architecture, OptionalInt.of(0), trainer, kept, recipe);
  }

  private static Walk walk(
      Architecture architecture,
      OptionalInt ask,
      Trainer trainer,
      ArtifactSource kept,
      TrainingRecipe recipe)
      throws BenchException {
    TrialPlan plan =
        new TrialPlan(
            dataset,
            List.of(SampleTrials.TARGET),
            "reference",
            Loading.UPLOADED,
            "int8",
            false,
            1,
            recipe,
            recipe,
            SAMPLE.provenance());
    Candidate candidate =
        new Candidate(
            TrialKey.first(0), ask, architecture, List.of(), 0, recipe, new FreshWeights());
    return new TrialPipeline(
            plan,
            trainer,
            new ProcessObserver(pool),
            new ProcessEvaluator(pool),
            new ProcessReference(pool),
            new MeasureStage(boardsAreTooSmall(), new SampleFacts()),
            kept,
            InstantSource.system())
        .walk(candidate, Progress.NONE);
  }

  private static JobQueue boardsAreTooSmall() {
    JobQueue queue = mock(JobQueue.class);
    when(queue.submit(any()))
        .thenAnswer(call -> CompletableFuture.completedFuture(tooLarge(call.getArgument(0))));
    return queue;
  }

  private static MeasurementResult tooLarge(MeasurementJob job) {
    assertEquals(Loading.UPLOADED, job.loading(), "as the plan says");
    assertTrue(job.elseLinked());
    return new MeasurementResult.Rejected(
        job.id(),
        1,
        job.boardId(),
        "FLASH",
        new Linked(70_000, Unit.BYTES),
        new Linked(65_536, Unit.BYTES),
        "FLASH overflows by 4464 bytes",
        Optional.of(SampleFacts.SIMULATED));
  }

  private static byte[] bytes(Walk walk, String name) {
    return walk.artifacts().stream()
        .filter(artifact -> artifact.name().equals(name))
        .findFirst()
        .orElseThrow()
        .bytes();
  }

  private static Optional<Artifact> find(List<Artifact> artifacts, StageKey key, String name) {
    return artifacts.stream()
        .filter(artifact -> artifact.key().equals(key) && artifact.name().equals(name))
        .findFirst();
  }
}
