package org.hilbench.trial;

import java.util.List;
import org.hilbench.measure.Bytes;
import org.hilbench.measure.Expectation;
import org.hilbench.tflite.TfliteModel;

/**
 * What TensorFlow Lite's reference kernels answer to some inputs: the bytes that a device has to
 * reproduce.
 *
 * @param keepOps operators whose output is compared byte for byte beside the model's: the logits
 */
public record ReferenceAnswers(
    TfliteModel model, List<Integer> keepOps, List<Expectation> answers) {
  public ReferenceAnswers {
    keepOps = List.copyOf(keepOps);
    answers = List.copyOf(answers);
  }

  public List<Bytes> inputs() {
    return answers.stream().map(Expectation::input).toList();
  }
}
