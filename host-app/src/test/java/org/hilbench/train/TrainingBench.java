package org.hilbench.train;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.data.Dataset;
import org.hilbench.data.FashionMnist;
import org.hilbench.data.Split;
import org.hilbench.exec.ExecRunner;
import org.hilbench.graph.Graph;
import org.hilbench.space.Architecture;
import org.hilbench.space.Spaces;
import org.hilbench.worker.Progress;
import org.hilbench.worker.WorkerHandler;
import org.hilbench.worker.WorkerOptions;
import org.hilbench.worker.WorkerPool;
import org.hilbench.worker.WorkerRequest;

/**
 * Training samples a second of a reference network: ours against the plainest DJL loop, each in a
 * worker of its own with one torch thread, by turns. Prints both medians.
 */
public final class TrainingBench {
  private static final int STEPS = 100;
  private static final int WARM_UP = 20;
  private static final Architecture REFERENCE =
      Spaces.standard()
          .parse(
              """
          {"stem": {"kernel": 3, "width": 16, "stride": 2, "activation": "RELU"},
           "blocks": [
             {"kind": "separable", "kernel": 3, "width": 32, "expansion": 1, "stride": 1,
              "repeats": 2, "activation": "RELU6"},
             {"kind": "separable", "kernel": 3, "width": 64, "expansion": 1, "stride": 2,
              "repeats": 3, "activation": "RELU6"}]}
          """);

  private TrainingBench() {}

  /** The first argument is the number of turns, 5 unless given. */
  public static void main(String[] arguments) throws BenchException {
    int turns = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    double[] plain = new double[turns];
    double[] ours = new double[turns];
    WorkerOptions tuned = ProcessTrainer.workers(1);
    WorkerOptions untuned =
        WorkerOptions.of(1)
            .withProperties(tuned.properties())
            .withEnvironment(
                Map.of(
                    TorchEngine.CACHE_VARIABLE,
                    tuned.environment().get(TorchEngine.CACHE_VARIABLE)));
    try (WorkerPool plainPool = WorkerPool.open(new ExecRunner(), untuned);
        WorkerPool ourPool = WorkerPool.open(new ExecRunner(), tuned)) {
      for (int turn = 0; turn < turns; turn++) {
        plain[turn] = samplesPerSecond(plainPool, Plain.class);
        ours[turn] = samplesPerSecond(ourPool, Ours.class);
      }
    }
    Graph graph = graph();
    System.out.printf(
        Locale.ROOT,
        "%s: %d MACs, %d parameters; medians of %d, one thread: plain DJL loop %.0f samples/s, ours"
            + " %.0f samples/s, %.2f times as many%n",
        REFERENCE.summary(),
        graph.macs(),
        graph.params(),
        turns,
        median(plain),
        median(ours),
        median(ours) / median(plain));
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static double samplesPerSecond(WorkerPool pool, Class<? extends WorkerHandler> handler)
      throws BenchException {
    byte[] reply =
        pool.submit(
                new WorkerRequest(
                    handler, new byte[0], Stage.TRAIN, "bench", Duration.ofMinutes(5)),
                Progress.NONE)
            .await();
    return ByteBuffer.wrap(reply).getDouble();
  }

  private static Graph graph() {
    return REFERENCE.toGraph(new org.hilbench.graph.Shape(28, 28, 1), 10);
  }

  /** Runs one kind of loop on the same samples and times it after a warm-up. */
  abstract static class Timed implements WorkerHandler {
    private final TrainingRecipe recipe = TrainingRecipe.search();

    abstract void run(SampleStream samples, TrainingRecipe recipe, int steps);

    @Override
    public byte[] handle(byte[] request, Progress progress) throws Exception {
      Dataset dataset = new FashionMnist().load(new FashionMnist().defaultDirectory());
      SampleStream samples =
          new SampleStream(
              dataset.split(Split.TRAIN), dataset.augmentation(), NamedSeeds.generator(1));
      run(samples, recipe, WARM_UP);
      long begin = System.nanoTime();
      run(samples, recipe, STEPS);
      double seconds = (System.nanoTime() - begin) / 1e9;
      return ByteBuffer.allocate(8).putDouble(STEPS * recipe.batchSize() / seconds).array();
    }
  }

  /** DJL's own blocks and trainer. */
  public static final class Plain extends Timed {
    private final PlainDjlLoop loop = new PlainDjlLoop(graph(), 32);

    @Override
    void run(SampleStream samples, TrainingRecipe recipe, int steps) {
      long[] labels = new long[recipe.batchSize()];
      float[] pixels = new float[labels.length * 28 * 28];
      for (int step = 0; step < steps; step++) {
        samples.fill(pixels, labels);
        loop.step(pixels, labels);
      }
    }
  }

  /** What a search trains with. */
  public static final class Ours extends Timed {
    private final TorchNetwork network =
        new TorchNetwork(
            graph(), new FreshWeights().startingWeights(graph(), NamedSeeds.generator(1)), false);
    private final TorchNetwork.Steps program = network.steps(TrainingRecipe.search());

    @Override
    void run(SampleStream samples, TrainingRecipe recipe, int steps) {
      int count = 20;
      float[] rates = new float[count];
      Arrays.fill(rates, 1e-3f);
      long[] labels = new long[count * recipe.batchSize()];
      float[] pixels = new float[labels.length * 28 * 28];
      for (int step = 0; step < steps; step += count) {
        samples.fill(pixels, labels);
        program.run(pixels, labels, rates);
      }
    }
  }
}
