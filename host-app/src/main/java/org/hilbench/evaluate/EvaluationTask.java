package org.hilbench.evaluate;

import java.time.Duration;
import java.util.Objects;
import org.hilbench.data.DataReference;
import org.hilbench.data.Split;

/**
 * A model to classify a split with.
 *
 * @param name what to call it in messages
 * @param model the .tflite file: int8 NHWC input and one int8 output of classes
 * @param most examples of the split that are taken, from its first
 * @param deadline longest time in a worker
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, shared without copying
public record EvaluationTask(
    String name, byte[] model, DataReference data, Split split, int most, Duration deadline) {
  public EvaluationTask {
    Objects.requireNonNull(name);
    Objects.requireNonNull(model);
    Objects.requireNonNull(data);
    Objects.requireNonNull(split);
    Objects.requireNonNull(deadline);
    if (most < 1) {
      throw new IllegalArgumentException("evaluation of " + most + " examples");
    }
  }

  /** The whole split. */
  public EvaluationTask(
      String name, byte[] model, DataReference data, Split split, Duration deadline) {
    this(name, model, data, split, Integer.MAX_VALUE, deadline);
  }
}
