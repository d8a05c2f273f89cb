package org.hilbench.evaluate;

import java.util.ArrayList;
import java.util.List;
import org.hilbench.BenchException;
import org.hilbench.BenchException.Kind;
import org.hilbench.Stage;
import org.hilbench.data.Examples;
import org.hilbench.graph.Quantization;
import org.hilbench.tflite.TfliteTensor;

/**
 * How a model's input stands for pixels: a pixel value v means v / 255, and the input's scale and
 * zero point say which int8 code that is.
 */
public final class PixelCodes {
  private static final int PIXEL_VALUES = 256;

  private final byte[] codes = new byte[PIXEL_VALUES];

  private PixelCodes(Quantization.PerTensor scheme) {
    for (int value = 0; value < PIXEL_VALUES; value++) {
      long code = Math.round(value / 255.0 / scheme.scale()) + scheme.zeroPoint();
      codes[value] = (byte) Math.max(Byte.MIN_VALUE, Math.min(Byte.MAX_VALUE, code));
    }
  }

  /** Of this model's input; (TRIAL) if that has no scale and zero point. */
  public static PixelCodes of(TfliteTensor input) throws BenchException {
    if (!(input.quantization() instanceof Quantization.PerTensor scheme)) {
      throw new BenchException(
          Stage.EVALUATE, Kind.TRIAL, input.label() + " has no scale and zero point");
    }
    return new PixelCodes(scheme);
  }

  /** One image as raw int8 input, NHWC. */
  public byte[] image(int index, Examples images) {
    byte[] pixels = new byte[Math.toIntExact(images.shape().elements())];
    images.copyPixels(index, pixels, 0);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = codes[pixels[i] & 0xff];
    }
    return pixels;
  }

  /** The first images of a split. */
  public List<byte[]> first(int count, Examples images) {
    List<byte[]> first = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      first.add(image(index, images));
    }
    return first;
  }
}
