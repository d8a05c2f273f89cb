package org.hilbench.trial;

import java.time.Duration;
import org.hilbench.BenchException;
import org.hilbench.data.Dataset;
import org.hilbench.data.Split;
import org.hilbench.evaluate.EvaluationTask;
import org.hilbench.evaluate.Evaluator;

/** The accuracy of a .tflite on a data set, by TensorFlow Lite. */
public final class EvaluateStage {
  private static final Duration DEADLINE = Duration.ofMinutes(10);

  private final Dataset dataset;
  private final Evaluator evaluator;

  public EvaluateStage(Dataset dataset, Evaluator evaluator) {
    this.dataset = dataset;
    this.evaluator = evaluator;
  }

  /**
   * The share that is classified rightly, a fraction of 1.
   *
   * @param name for logs and messages
   */
  public double accuracy(String name, byte[] model, Split split) throws BenchException {
    return evaluator
        .evaluate(new EvaluationTask(name, model, dataset.reference(), split, DEADLINE))
        .accuracy();
  }
}
