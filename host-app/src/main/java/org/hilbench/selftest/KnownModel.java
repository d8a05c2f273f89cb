package org.hilbench.selftest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.hilbench.BenchException;
import org.hilbench.tflite.TfliteModel;

/**
 * A small network of convolutions whose output for one input is known: TensorFlow Lite's reference
 * kernels gave it.
 */
final class KnownModel {
  private final TfliteModel model;
  private final byte[] output;

  private KnownModel(TfliteModel model, byte[] output) {
    this.model = model;
    this.output = output;
  }

  static KnownModel load() throws BenchException {
    return new KnownModel(TfliteModel.parse(resource("model.tflite")), resource("output.bin"));
  }

  TfliteModel model() {
    return model;
  }

  /** Covers all values of int8. */
  byte[] input() {
    byte[] input = new byte[Math.toIntExact(model.inputTensor().bytes())];
    for (int i = 0; i < input.length; i++) {
      input[i] = (byte) (i * 37 + 11);
    }
    return input;
  }

  boolean gives(byte[] bytes) {
    return Arrays.equals(output, bytes);
  }

  private static byte[] resource(String name) {
    try (InputStream stream = KnownModel.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("resource " + name + " is not packaged");
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
