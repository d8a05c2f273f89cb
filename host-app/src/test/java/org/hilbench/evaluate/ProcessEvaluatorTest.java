package org.hilbench.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.hilbench.BenchException;
import org.hilbench.data.Dataset;
import org.hilbench.data.Examples;
import org.hilbench.data.ShiftedImages;
import org.hilbench.data.Split;
import org.hilbench.data.SyntheticImages;
import org.hilbench.exec.ExecRunner;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Shape;
import org.hilbench.quantize.BatchNormFolding;
import org.hilbench.quantize.PostTrainingQuantizer;
import org.hilbench.reference.HostInterpreter;
import org.hilbench.reference.Kernels;
import org.hilbench.space.Architecture;
import org.hilbench.space.Spaces;
import org.hilbench.tflite.TfliteWriter;
import org.hilbench.train.FreshWeights;
import org.hilbench.train.ProcessTrainer;
import org.hilbench.train.TrainedModel;
import org.hilbench.train.TrainingRecipe;
import org.hilbench.train.TrainingTask;
import org.hilbench.worker.WorkerPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class ProcessEvaluatorTest {
  private static final Duration DEADLINE = Duration.ofSeconds(200);
  private static final Architecture SMALL =
      Spaces.standard()
          .parse(
              """
          {"stem": {"kernel": 3, "width": 8, "stride": 2, "activation": "RELU6"},
           "blocks": [{"kind": "inverted", "kernel": 3, "width": 16, "expansion": 2, "stride": 2,
              "repeats": 2, "activation": "RELU"}]}
          """);

  @TempDir static Path folder;
  private static Dataset dataset;
  private static WorkerPool pool;
  private static TrainedModel trained;
  private static byte[] model;

  @BeforeAll
  static void trainOne() throws BenchException {
    dataset = new ShiftedImages().load(SyntheticImages.write(folder, 2400, 100));
    pool = WorkerPool.open(new ExecRunner(), ProcessTrainer.workers(1));
    Graph graph = SMALL.toGraph(dataset.shape(), dataset.classes());
    TrainingRecipe recipe = new TrainingRecipe(1920, 32, 1e-2, 0.2, 1e-2, 0.05);
    trained =
        new ProcessTrainer(pool)
            .train(
                new TrainingTask(
                    "small",
                    graph,
                    SMALL.canonicalHash(),
                    recipe,
                    new FreshWeights(),
                    dataset.reference(),
                    1,
                    DEADLINE));
    model = quantized(graph);
  }

  private static byte[] quantized(Graph graph) throws BenchException {
    return TfliteWriter.write(
        PostTrainingQuantizer.quantize(
            graph,
            BatchNormFolding.fold(graph, trained.weights()),
            trained.ranges().including(graph.input(), dataset.encoding().leastRange())));
  }

  @AfterAll
  static void stop() {
    pool.close();
  }

  private static Int8Accuracy evaluate(byte[] file, Split split) throws BenchException {
    return new ProcessEvaluator(pool)
        .evaluate(new EvaluationTask("small", file, dataset.reference(), split, DEADLINE));
  }

  @Test
  void theInt8ModelIsAsGoodAsTheTrainedOne() throws Exception {
    Int8Accuracy accuracy = evaluate(model, Split.VALIDATION);
    assertEquals(200, accuracy.examples());
    assertTrue(trained.floatAccuracy() > 0.8, "float accuracy " + trained.floatAccuracy());
    assertEquals(trained.floatAccuracy(), accuracy.accuracy(), 0.025);
  }

  @Test
  void theCountIsThatOfRunningEachImageByHand() throws Exception {
    Int8Accuracy accuracy = evaluate(model, Split.TEST);
    Examples images = dataset.split(Split.TEST);
    int correct = 0;
    try (HostInterpreter interpreter = HostInterpreter.open(model, Kernels.OPTIMIZED)) {
      for (int i = 0; i < images.size(); i++) {
        float[] pixels = new float[784];
        images.copyTo(i, pixels, 0);
        byte[] codes = new byte[784];
        for (int j = 0; j < pixels.length; j++) {
          codes[j] = (byte) (Math.round(pixels[j] * 255) - 128); // scale 1/255, zero point -128
        }
        byte[] scores = interpreter.invoke(codes);
        byte best = (byte) Arrays.stream(widened(scores)).max().orElseThrow();
        correct += scores[images.label(i)] == best ? 1 : 0;
      }
    }
    assertEquals(100, accuracy.examples());
    assertEquals(correct, accuracy.correct(), 1, "equal outputs may be told apart otherwise");
  }

  private static int[] widened(byte[] values) {
    int[] widened = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      widened[i] = values[i];
    }
    return widened;
  }

  @Test
  void aDamagedModelIsRefused() {
    byte[] half = Arrays.copyOf(model, model.length / 2);
    assertThrows(BenchException.class, () -> evaluate(half, Split.VALIDATION));
  }

  @Test
  void aModelForOtherImagesIsRefusedWithBothShapes() throws Exception {
    Graph graph = SMALL.toGraph(new Shape(32, 32, 1), dataset.classes());
    byte[] other = quantized(graph);
    BenchException refusal =
        assertThrows(BenchException.class, () -> evaluate(other, Split.VALIDATION));
    assertTrue(refusal.getMessage().contains("28x28x1"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("32, 32, 1"), refusal.getMessage());
  }
}
