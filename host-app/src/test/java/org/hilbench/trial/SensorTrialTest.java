package org.hilbench.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalInt;
import org.hilbench.BenchException;
import org.hilbench.data.Dataset;
import org.hilbench.data.Datasets;
import org.hilbench.data.FashionMnist;
import org.hilbench.data.SensorWindows;
import org.hilbench.evaluate.ProcessEvaluator;
import org.hilbench.exec.ExecRunner;
import org.hilbench.graph.Precision;
import org.hilbench.graph.QuantPolicy;
import org.hilbench.graph.Quantization;
import org.hilbench.measure.Loading;
import org.hilbench.measure.SampleFacts;
import org.hilbench.search.TrialKey;
import org.hilbench.space.Architecture;
import org.hilbench.space.Spaces;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.train.FreshWeights;
import org.hilbench.train.ProcessObserver;
import org.hilbench.train.ProcessTrainer;
import org.hilbench.train.TrainingRecipe;
import org.hilbench.verify.ProcessReference;
import org.hilbench.worker.Progress;
import org.hilbench.worker.WorkerPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Windows of a sensor on the way of every candidate: what is no picture, and negative, is trained
 * on, quantized, evaluated and run as pictures are. Only the boards follow a script.
 */
@Timeout(200)
final class SensorTrialTest {
  private static final Architecture NETWORK =
      Spaces.standard()
          .parse(
              """
          {"stem": {"kernel": 3, "width": 8, "stride": 2, "activation": "RELU"},
           "blocks": [{"kind": "separable", "kernel": 3, "width": 16, "expansion": 1, "stride": 1,
              "repeats": 1, "activation": "RELU6"}]}
          """);

  @TempDir static Path folder;
  private static Dataset dataset;
  private static WorkerPool pool;

  @BeforeAll
  static void start() throws BenchException {
    Datasets known = new Datasets(List.of(new FashionMnist(), new SensorWindows()));
    String files = SensorWindows.write(folder, 1200, 120).toString();
    dataset = known.load("sensor-windows", files);
    pool = WorkerPool.open(new ExecRunner(), ProcessTrainer.workers(1));
  }

  @AfterAll
  static void stop() {
    pool.close();
  }

  @Test
  void aFinalVersionIsAboutAsGoodInInt8AndItsInputSpansTheSensorsRange() throws Exception {
    Walk walk = walk(NETWORK, OptionalInt.empty());
    Accuracy accuracy = accuracy(walk);
    assertTrue(accuracy.floatValidation() > 0.9, accuracy::toString);
    assertEquals(accuracy.floatValidation(), accuracy.int8Validation(), 0.05);
    Quantization.PerTensor input =
        assertInstanceOf(Quantization.PerTensor.class, model(walk).inputTensor().quantization());
    double least = input.scale() * (double) (-128 - input.zeroPoint());
    double greatest = input.scale() * (double) (127 - input.zeroPoint());
    assertTrue(least > -0.8 && least < -0.3, "from " + least);
    assertTrue(greatest > 0.2 && greatest < 0.6, "to " + greatest);
  }

  @Test
  void fourBitWeightsAreTrainedOnAsIntegers() throws Exception {
    Walk walk = walk(NETWORK.withPolicy(QuantPolicy.all(Precision.W4A8)), OptionalInt.of(0));
    assertTrue(accuracy(walk).int8Validation() > 0.8, accuracy(walk)::toString);
    assertTrue(
        walk.artifacts().stream().anyMatch(one -> one.name().equals(Artifact.TUNED_WEIGHTS)));
  }

  private static Accuracy accuracy(Walk walk) {
    return assertInstanceOf(Outcome.Evaluated.class, walk.trial().outcome(), walk.trial()::toString)
        .accuracy();
  }

  private static TfliteModel model(Walk walk) throws BenchException {
    return TfliteModel.parse(
        walk.artifacts().stream()
            .filter(artifact -> artifact.name().equals(Artifact.MODEL))
            .findFirst()
            .orElseThrow()
            .bytes());
  }

  private static Walk walk(Architecture network, OptionalInt ask) throws BenchException {
    TrainingRecipe recipe = new TrainingRecipe(1920, 32, 2e-2, 0.1, 1e-2, 0);
    TrialPlan plan =
        new TrialPlan(
            dataset,
            List.of(SampleTrials.TARGET),
            "hilbench",
            Loading.LINKED,
            "mixed",
            true,
            1,
            recipe,
            recipe,
            SampleTrials.search(1, 1).get(0).provenance());
    ScriptedQueue boards =
        new ScriptedQueue(job -> ScriptedQueue.ran(job, ScriptedQueue.right(job)));
    return new TrialPipeline(
            plan,
            new ProcessTrainer(pool),
            new ProcessObserver(pool),
            new ProcessEvaluator(pool),
            new ProcessReference(pool),
            new MeasureStage(boards, new SampleFacts()),
            ArtifactSource.none(),
            InstantSource.system())
        .walk(
            new Candidate(
                TrialKey.first(0), ask, network, List.of(), 0, recipe, new FreshWeights()),
            Progress.NONE);
  }
}
