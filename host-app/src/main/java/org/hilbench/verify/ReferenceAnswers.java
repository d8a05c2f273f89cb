package org.hilbench.verify;

import java.util.List;
import org.hilbench.measure.Bytes;
import org.hilbench.tflite.DenseRounding;
import org.hilbench.tflite.TfliteModel;

/**
 * What TensorFlow Lite's reference kernels answer to some inputs: the bytes that a device has to
 * reproduce.
 *
 * @param keepOps operators whose output is compared byte for byte beside the model's: the logits
 * @param answers with FULLY_CONNECTED as TensorFlow Lite Micro rounds it
 * @param roundingOnce the same with TensorFlow Lite's own; empty where nothing asks for them, as
 *     the kernels' rule is known or the model has no such operator
 */
public record ReferenceAnswers(
    TfliteModel model,
    List<Integer> keepOps,
    List<Expectation> answers,
    List<Expectation> roundingOnce) {
  public ReferenceAnswers {
    keepOps = List.copyOf(keepOps);
    answers = List.copyOf(answers);
    roundingOnce = List.copyOf(roundingOnce);
  }

  /** Answers by the one rule that is known. */
  public ReferenceAnswers(TfliteModel model, List<Integer> keepOps, List<Expectation> answers) {
    this(model, keepOps, answers, List.of());
  }

  /** By a runtime's rule. */
  public List<Expectation> answers(DenseRounding rounding) {
    return rounding == DenseRounding.ONCE ? roundingOnce : answers;
  }

  /** Whether the model has the operator in which runtimes differ. */
  static boolean hasFullyConnected(TfliteModel model) {
    return model.operators().stream().anyMatch(op -> op.name().equals("FULLY_CONNECTED"));
  }

  public List<Bytes> inputs() {
    return answers.stream().map(Expectation::input).toList();
  }
}
