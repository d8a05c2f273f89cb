package org.hilbench.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hilbench.BenchException;
import org.hilbench.data.Dataset;
import org.hilbench.data.ShiftedImages;
import org.hilbench.data.SyntheticImages;
import org.hilbench.exec.ExecRunner;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Weights;
import org.hilbench.space.Architecture;
import org.hilbench.space.Spaces;
import org.hilbench.worker.Pending;
import org.hilbench.worker.Progress;
import org.hilbench.worker.WorkerOptions;
import org.hilbench.worker.WorkerPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class ProcessTrainerTest {
  private static final Architecture SMALL = network(3);
  private static final TrainingRecipe SHORT = new TrainingRecipe(1920, 32, 1e-2, 0.2, 1e-2, 0.05);

  @TempDir static Path folder;
  private static Dataset dataset;
  private static WorkerPool pool;

  @BeforeAll
  static void start() throws BenchException {
    dataset = new ShiftedImages().load(SyntheticImages.write(folder, 1200, 120));
    pool = WorkerPool.open(new ExecRunner(), ProcessTrainer.workers(2));
  }

  @AfterAll
  static void stop() {
    pool.close();
  }

  private static Architecture network(int kernel) {
    String text =
        """
        {"stem": {"kernel": KERNEL, "width": 8, "stride": 2, "activation": "RELU"},
         "blocks": [
           {"kind": "separable", "kernel": KERNEL, "width": 16, "expansion": 1, "stride": 2,
            "repeats": 1, "activation": "RELU6"},
           {"kind": "inverted", "kernel": KERNEL, "width": 16, "expansion": 2, "stride": 1,
            "repeats": 1, "activation": "RELU"}]}
        """;
    return Spaces.standard().parse(text.replace("KERNEL", Integer.toString(kernel)));
  }

  private static TrainingTask task(TrainingRecipe recipe, WeightSource source) {
    return task(SMALL, recipe, source);
  }

  private static TrainingTask task(
      Architecture architecture, TrainingRecipe recipe, WeightSource source) {
    Graph graph = architecture.toGraph(dataset.shape(), dataset.classes());
    return new TrainingTask(
        "trial 3",
        graph,
        architecture.canonicalHash(),
        recipe,
        source,
        dataset.reference(),
        1,
        Duration.ofSeconds(200));
  }

  @Test
  void trainingLearnsAndTwoWorkersAgreeBitForBit() throws Exception {
    ProcessTrainer trainer = new ProcessTrainer(pool);
    Pending<TrainedModel> first = trainer.start(task(SHORT, new FreshWeights()), Progress.NONE);
    Pending<TrainedModel> second = trainer.start(task(SHORT, new FreshWeights()), Progress.NONE);
    TrainedModel model = first.await();
    assertTrue(model.floatAccuracy() > 0.8, "accuracy " + model.floatAccuracy());
    assertEquals(1920, model.samples());
    assertEquals(0f, model.ranges().of(0).min());
    assertSame(model, second.await());
  }

  /** As the shortcut of a residual network; PyTorch's own gradient of it corrupts the heap. */
  @Test
  void aConvolutionOfOnePixelThatSkipsPixelsIsTrained() throws Exception {
    TrainingTask task = task(network(1), SHORT.withSamples(320), new FreshWeights());
    assertTrue(Double.isFinite(new ProcessTrainer(pool).train(task).finalLoss()));
  }

  private static void assertSame(TrainedModel one, TrainedModel other) {
    for (String name : one.weights().names()) {
      assertArrayEquals(one.weights().get(name), other.weights().get(name), name);
    }
    assertEquals(one.ranges(), other.ranges());
    assertEquals(one.floatAccuracy(), other.floatAccuracy());
    assertEquals(one.finalLoss(), other.finalLoss());
  }

  @Test
  void aParentsWeightsAreTrainedOn() throws Exception {
    ProcessTrainer trainer = new ProcessTrainer(pool);
    TrainingRecipe little = SHORT.withSamples(320);
    TrainedModel fresh = trainer.train(task(little, new FreshWeights()));
    WeightSource parent = new ParentWeights("trial 3", fresh.weights());
    TrainedModel more = trainer.train(task(little, parent));
    assertTrue(more.finalLoss() < fresh.finalLoss(), more.finalLoss() + " " + fresh.finalLoss());
    assertFalse(changed(fresh.weights(), fresh.weights()));
    assertTrue(changed(fresh.weights(), more.weights()));
  }

  private static boolean changed(Weights one, Weights other) {
    String kernel = "stem.kernel";
    return !Arrays.equals(one.get(kernel), other.get(kernel));
  }

  @Test
  void aLossThatIsNotFiniteFailsTheTrial() {
    ProcessTrainer trainer = new ProcessTrainer(pool);
    TrainingRecipe wild = new TrainingRecipe(640, 32, 1e30, 0, 0, 0);
    BenchException failure =
        assertThrows(BenchException.class, () -> trainer.train(task(wild, new FreshWeights())));
    assertEquals(BenchException.Kind.TRIAL, failure.kind());
    assertTrue(failure.getMessage().contains("peakLearningRate"), failure.getMessage());
  }

  @Test
  void aCacheThatCannotBeWrittenIsAFaultOfTheMachine() throws Exception {
    Path file = Files.createFile(folder.resolve("occupied"));
    WorkerOptions options =
        ProcessTrainer.workers(1)
            .withEnvironment(Map.of(TorchEngine.CACHE_VARIABLE, file.toString()));
    try (WorkerPool broken = WorkerPool.open(new ExecRunner(), options)) {
      BenchException failure =
          assertThrows(
              BenchException.class,
              () -> new ProcessTrainer(broken).train(task(SHORT, new FreshWeights())));
      assertEquals(BenchException.Kind.ENVIRONMENT, failure.kind());
      assertTrue(failure.getMessage().contains(file.toString()), failure.getMessage());
    }
  }

  @Test
  void aTrainingCanBeCancelledAtItsFirstProgress() throws Exception {
    ProcessTrainer trainer = new ProcessTrainer(pool);
    CountDownLatch begun = new CountDownLatch(1);
    Pending<TrainedModel> pending =
        trainer.start(
            task(SHORT.withSamples(10_000_000), new FreshWeights()),
            (done, total) -> begun.countDown());
    assertTrue(begun.await(120, TimeUnit.SECONDS));
    pending.cancel();
    BenchException failure = assertThrows(BenchException.class, pending::await);
    assertTrue(failure.getMessage().contains("cancelled"), failure.getMessage());
  }
}
