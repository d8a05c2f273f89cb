package org.hilbench.trial;

import java.util.ArrayList;
import java.util.List;
import org.hilbench.BenchException;
import org.hilbench.measure.Bytes;
import org.hilbench.measure.Expectation;
import org.hilbench.reference.HostInterpreter;
import org.hilbench.reference.Kernels;
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

  /**
   * Runs the inputs.
   *
   * @throws BenchException (USAGE) if the model is damaged, not int8 or not runnable
   */
  public static ReferenceAnswers of(byte[] file, List<Bytes> inputs) throws BenchException {
    try (HostInterpreter host = HostInterpreter.open(file, Kernels.REFERENCE)) {
      List<Integer> logits = Expectation.logits(host.model());
      List<Expectation> answers = new ArrayList<>();
      for (Bytes input : inputs) {
        host.invoke(input.toArray());
        answers.add(Expectation.of(host.model(), input, logits, host::tensor));
      }
      return new ReferenceAnswers(host.model(), logits, answers);
    }
  }

  public List<Bytes> inputs() {
    return answers.stream().map(Expectation::input).toList();
  }
}
