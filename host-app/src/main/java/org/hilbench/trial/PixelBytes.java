package org.hilbench.trial;

import java.util.List;
import java.util.stream.IntStream;
import org.hilbench.data.ImageSplit;
import org.hilbench.graph.Quantization;
import org.hilbench.measure.Bytes;
import org.hilbench.tflite.TfliteModel;

/**
 * Images as a model's raw int8 input: pixels scaled to [0, 1], then by its scale and zero point.
 */
final class PixelBytes {
  private PixelBytes() {}

  /** The first images of a split. */
  static List<Bytes> first(int count, ImageSplit split, TfliteModel model) {
    return IntStream.range(0, count).mapToObj(image -> of(image, split, model)).toList();
  }

  private static Bytes of(int image, ImageSplit split, TfliteModel model) {
    Quantization.PerTensor input = (Quantization.PerTensor) model.inputTensor().quantization();
    float[] pixels = new float[Math.toIntExact(split.shape().elements())];
    split.copyScaled(image, pixels, 0);
    byte[] bytes = new byte[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      long steps = Math.round(pixels[i] / (double) input.scale()) + input.zeroPoint();
      bytes[i] = (byte) Math.max(Byte.MIN_VALUE, Math.min(Byte.MAX_VALUE, steps));
    }
    return Bytes.of(bytes);
  }
}
