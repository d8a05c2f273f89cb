package org.hilbench.selftest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.hilbench.BenchException;
import org.hilbench.device.Identity;
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

  /** What a device tells of its model that is not of this one; empty where it is the same. */
  Optional<String> differs(Identity identity) {
    boolean same =
        identity.inputBytes() == model.inputTensor().bytes()
            && identity.outputBytes() == output.length
            && identity.opCount() == model.operators().size();
    return same
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "it tells of a model of %d bytes of input, %d of output and %d operators; the known"
                    + " one has %d, %d and %d",
                identity.inputBytes(),
                identity.outputBytes(),
                identity.opCount(),
                model.inputTensor().bytes(),
                output.length,
                model.operators().size()));
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
