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
 * Classifies images with TensorFlow Lite in this process and this thread. An image counts as right
 * if its class has the greatest output; of equal outputs the first wins.
 */
final class Int8Evaluator {
  private Int8Evaluator() {}

  /** Runs images, one at a time and {@code most} at most, through the model. */
  static Int8Accuracy evaluate(
      HostInterpreter model, Examples images, Split split, int most, Progress progress)
      throws BenchException {
    TfliteTensor input = model.model().inputTensor();
    requireFitting(input, images);
    PixelCodes codes = PixelCodes.of(input);
    int count = Math.min(most, images.size());
    int correct = 0;
    for (int i = 0; i < count; i++) {
      correct += argmax(model.invoke(codes.image(i, images))) == images.label(i) ? 1 : 0;
      progress.at(i + 1, count);
    }
    return new Int8Accuracy(split, correct, count);
  }

  private static void requireFitting(TfliteTensor input, Examples images) throws BenchException {
    if (input.elements() != images.shape().elements()) {
      throw new BenchException(
          Stage.EVALUATE,
          Kind.TRIAL,
          "the model takes an input of " + input.shape() + ", the images are " + images.shape());
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
