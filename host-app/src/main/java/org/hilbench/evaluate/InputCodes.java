package org.hilbench.evaluate;

import java.util.List;
import java.util.stream.IntStream;
import org.hilbench.BenchException;
import org.hilbench.BenchException.Kind;
import org.hilbench.Stage;
import org.hilbench.data.Examples;
import org.hilbench.graph.Quantization;
import org.hilbench.tflite.TfliteTensor;

/** The int8 codes of examples by the scale and zero point of a model's input. */
public final class InputCodes {
  private final Quantization.PerTensor scheme;

  private InputCodes(Quantization.PerTensor scheme) {
    this.scheme = scheme;
  }

  /** Of this model's input; (TRIAL) if that has no scale and zero point. */
  public static InputCodes of(TfliteTensor input) throws BenchException {
    if (!(input.quantization() instanceof Quantization.PerTensor scheme)) {
      throw new BenchException(
          Stage.EVALUATE, Kind.TRIAL, input.label() + " has no scale and zero point");
    }
    return new InputCodes(scheme);
  }

  /** One example as raw int8 input, NHWC. */
  public byte[] example(int index, Examples examples) {
    float[] values = new float[Math.toIntExact(examples.shape().elements())];
    examples.copyTo(index, values, 0);
    byte[] codes = new byte[values.length];
    for (int i = 0; i < codes.length; i++) {
      long code = Math.round(values[i] / (double) scheme.scale()) + scheme.zeroPoint();
      codes[i] = (byte) Math.max(Byte.MIN_VALUE, Math.min(Byte.MAX_VALUE, code));
    }
    return codes;
  }

  /** The first examples of a split. */
  public List<byte[]> first(int count, Examples examples) {
    return IntStream.range(0, count).mapToObj(index -> example(index, examples)).toList();
  }
}
