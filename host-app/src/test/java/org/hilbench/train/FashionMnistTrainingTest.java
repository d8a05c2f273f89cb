package org.hilbench.train;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.hilbench.BenchException;
import org.hilbench.data.Dataset;
import org.hilbench.data.FashionMnist;
import org.hilbench.exec.ExecRunner;
import org.hilbench.space.Architecture;
import org.hilbench.space.Spaces;
import org.hilbench.worker.WorkerPool;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FashionMnistTrainingTest {
  private static final Architecture SMALL =
      Spaces.standard()
          .parse(
              """
          {"stem": {"kernel": 3, "width": 16, "stride": 2, "activation": "RELU"},
           "blocks": [
             {"kind": "conv", "kernel": 3, "width": 24, "expansion": 1, "stride": 2,
              "repeats": 1, "activation": "RELU"},
             {"kind": "conv", "kernel": 3, "width": 32, "expansion": 1, "stride": 1,
              "repeats": 1, "activation": "RELU"}]}
          """);

  @Test
  @Timeout(240)
  void aSmallNetworkPassesThreeQuartersWithinEightThousandSamples() throws Exception {
    Dataset dataset = fashionMnist();
    TrainingTask task =
        new TrainingTask(
            "small",
            SMALL.toGraph(dataset.shape(), dataset.classes()),
            SMALL.canonicalHash(),
            TrainingRecipe.search().withSamples(8000),
            new FreshWeights(),
            dataset.reference(),
            1,
            Duration.ofSeconds(200));
    try (WorkerPool pool = WorkerPool.open(new ExecRunner(), ProcessTrainer.workers(1))) {
      TrainedModel model = new ProcessTrainer(pool).train(task);
      assertTrue(model.floatAccuracy() > 0.75, "accuracy " + model.floatAccuracy());
    }
  }

  private static Dataset fashionMnist() throws BenchException {
    try {
      return new FashionMnist().load(new FashionMnist().defaultDirectory());
    } catch (BenchException absent) {
      Assumptions.abort(absent.getMessage());
      throw absent;
    }
  }
}
