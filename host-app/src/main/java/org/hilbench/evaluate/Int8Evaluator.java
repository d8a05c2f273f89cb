package org.hilbench.evaluate;

import org.hilbench.BenchException;
import org.hilbench.BenchException.Kind;
import org.hilbench.Stage;
import org.hilbench.data.Examples;
import org.hilbench.data.Split;
import org.hilbench.reference.HostInterpreter;
import org.hilbench.tflite.TfliteTensor;
import org.hilbench.worker.Progress;

/**
 * Classifies examples with TensorFlow Lite in this process and this thread. An example counts as
 * right if its class has the greatest output; of equal outputs the first wins.
 */
final class Int8Evaluator {
  private Int8Evaluator() {}

  /** Runs examples, one at a time and {@code most} at most, through the model. */
  static Int8Accuracy evaluate(
      HostInterpreter model, Examples examples, Split split, int most, Progress progress)
      throws BenchException {
    TfliteTensor input = model.model().inputTensor();
    requireFitting(input, examples);
    InputCodes codes = InputCodes.of(input);
    int count = Math.min(most, examples.size());
    int correct = 0;
    for (int i = 0; i < count; i++) {
      correct += argmax(model.invoke(codes.example(i, examples))) == examples.label(i) ? 1 : 0;
      progress.at(i + 1, count);
    }
    return new Int8Accuracy(split, correct, count);
  }

  private static void requireFitting(TfliteTensor input, Examples examples) throws BenchException {
    if (input.elements() != examples.shape().elements()) {
      throw new BenchException(
          Stage.EVALUATE,
          Kind.TRIAL,
          "the model takes an input of "
              + input.shape()
              + ", the examples are "
              + examples.shape());
    }
  }

  private static int argmax(byte[] outputs) {
    int best = 0;
    for (int i = 1; i < outputs.length; i++) {
      best = outputs[i] > outputs[best] ? i : best;
    }
    return best;
  }
}
