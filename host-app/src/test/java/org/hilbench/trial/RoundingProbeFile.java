package org.hilbench.trial;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hilbench.BenchException;
import org.hilbench.reference.HostInterpreter;
import org.hilbench.reference.Kernels;
import org.hilbench.testkit.TfliteBuilder;
import org.hilbench.testkit.TfliteBuilder.Scales;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.FullyConnectedOptionsT;
import org.tensorflow.lite.schema.TensorType;

/** Makes the files of {@link RoundingProbe}: {@code main FOLDER} writes them. */
final class RoundingProbeFile {
  static final int OUTPUTS = 32;

  private static final byte[] INPUT = {3, -7, 120, -128};
  private static final byte[] WEIGHTS = {1, 2, -1, 3};
  private static final float IN = 0.05f;
  private static final float WEIGHT = 0.01f;
  private static final float OUT = 0.73421f;

  private RoundingProbeFile() {}

  public static void main(String[] args) throws IOException, BenchException {
    Path folder = Path.of(args[0]);
    byte[] model = model();
    Files.write(folder.resolve("rounding-probe.tflite"), model);
    Files.write(folder.resolve("rounding-probe.input"), INPUT);
    Files.write(folder.resolve("rounding-probe.twice"), output(model, INPUT, Kernels.REFERENCE));
    Files.write(folder.resolve("rounding-probe.once"), output(model, INPUT, Kernels.ROUNDING_ONCE));
  }

  static byte[] output(byte[] model, byte[] input, Kernels kernels) throws BenchException {
    try (HostInterpreter host = HostInterpreter.open(model, kernels)) {
      return host.invoke(input);
    }
  }

  static byte[] model() {
    TfliteBuilder file = new TfliteBuilder();
    int input = file.activation(TensorType.INT8, Scales.of(IN, 0), 1, INPUT.length);
    byte[] weights = new byte[OUTPUTS * WEIGHTS.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = WEIGHTS[i % WEIGHTS.length];
    }
    int weight =
        file.constant(TensorType.INT8, Scales.of(WEIGHT, 0), weights, OUTPUTS, WEIGHTS.length);
    int bias = file.constant(TensorType.INT32, Scales.of(IN * WEIGHT, 0), biases(), OUTPUTS);
    int output = file.activation(TensorType.INT8, Scales.of(OUT, 0), 1, OUTPUTS);
    file.operator(
        BuiltinOperator.FULLY_CONNECTED,
        4,
        BuiltinOptions.FullyConnectedOptions,
        new FullyConnectedOptionsT(),
        new int[] {input, weight, bias},
        output);
    return file.file(input, output);
  }

  /** Biases with which each sum lies where the second rounding goes the other way. */
  private static byte[] biases() {
    double factor = (double) (IN * WEIGHT) / OUT;
    int shift = -(Math.getExponent(factor) + 1);
    int products = 0;
    for (int i = 0; i < INPUT.length; i++) {
      products += INPUT[i] * WEIGHTS[i];
    }
    ByteBuffer biases = ByteBuffer.allocate(OUTPUTS * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int code = 0; code < 120 && biases.hasRemaining(); code++) {
      int sum = (int) Math.floor((code + 0.5) / factor);
      double high = Math.scalb(sum * factor, shift); // what the first rounding makes whole
      boolean below = sum * factor < code + 0.5;
      boolean tie = Math.rint(high) == Math.scalb(code + 0.5, shift);
      if (below && tie) {
        biases.putInt(sum - products);
      }
    }
    if (biases.hasRemaining()) {
      throw new IllegalStateException(biases.remaining() / Integer.BYTES + " sums are missing");
    }
    return biases.array();
  }
}
