package org.hilbench.evaluate;

import org.hilbench.BenchException;
import org.hilbench.BenchException.Kind;
import org.hilbench.Stage;
import org.hilbench.data.ImageSplit;
import org.hilbench.data.Split;
import org.hilbench.graph.Quantization;
import org.hilbench.reference.HostInterpreter;
import org.hilbench.reference.Kernels;
import org.hilbench.tflite.TfliteTensor;
import org.hilbench.worker.Progress;

/**
 * Classifies images with TensorFlow Lite's optimized kernels in this process and this thread. An
 * image counts as right if its class has the greatest output; of equal outputs the first wins.
 */
final class Int8Evaluator {
  private static final int PIXEL_VALUES = 256;

  private Int8Evaluator() {}

  /** Runs every image of {@code images}, one at a time, through the .tflite file {@code model}. */
  static Int8Accuracy evaluate(byte[] model, ImageSplit images, Split split, Progress progress)
      throws BenchException {
    try (HostInterpreter interpreter = HostInterpreter.open(model, Kernels.OPTIMIZED)) {
      TfliteTensor input = interpreter.model().inputTensor();
      requireFitting(input, images);
      byte[] codes = codes(input);
      byte[] pixels = new byte[Math.toIntExact(images.shape().elements())];
      int correct = 0;
      for (int i = 0; i < images.size(); i++) {
        images.copyPixels(i, pixels, 0);
        for (int j = 0; j < pixels.length; j++) {
          pixels[j] = codes[pixels[j] & 0xff];
        }
        correct += argmax(interpreter.invoke(pixels)) == images.label(i) ? 1 : 0;
        progress.at(i + 1, images.size());
      }
      return new Int8Accuracy(split, correct, images.size());
    }
  }

  private static void requireFitting(TfliteTensor input, ImageSplit images) throws BenchException {
    if (input.elements() != images.shape().elements()) {
      throw new BenchException(
          Stage.EVALUATE,
          Kind.TRIAL,
          "the model takes an input of " + input.shape() + ", the images are " + images.shape());
    }
  }

  /** The int8 code of each pixel value, which stands for value / 255. */
  private static byte[] codes(TfliteTensor input) throws BenchException {
    if (!(input.quantization() instanceof Quantization.PerTensor scheme)) {
      throw new BenchException(
          Stage.EVALUATE, Kind.TRIAL, input.label() + " has no scale and zero point");
    }
    byte[] codes = new byte[PIXEL_VALUES];
    for (int value = 0; value < PIXEL_VALUES; value++) {
      long code = Math.round(value / 255.0 / scheme.scale()) + scheme.zeroPoint();
      codes[value] = (byte) Math.max(Byte.MIN_VALUE, Math.min(Byte.MAX_VALUE, code));
    }
    return codes;
  }

  private static int argmax(byte[] outputs) {
    int best = 0;
    for (int i = 1; i < outputs.length; i++) {
      best = outputs[i] > outputs[best] ? i : best;
    }
    return best;
  }
}
