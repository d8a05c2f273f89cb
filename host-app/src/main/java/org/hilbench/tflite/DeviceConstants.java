package org.hilbench.tflite;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.hilbench.graph.Quantization;
import org.tensorflow.lite.schema.BuiltinOperator;

/**
 * What a layer with weights needs beside them, little-endian: the count of scales (1 or one a
 * channel) and a 0, both int32; the multipliers, then the shifts, int32; the biases, int32, or
 * int64 for int16 activations, 0 where the model has none.
 */
final class DeviceConstants {
  private final TfliteModel model;
  private final TfliteOperator operator;

  DeviceConstants(TfliteModel model, TfliteOperator operator) {
    this.model = model;
    this.operator = operator;
  }

  byte[] bytes() {
    List<Multiplier> multipliers = multipliers();
    byte[] biases = biases();
    ByteBuffer all =
        ByteBuffer.allocate(8 + 8 * multipliers.size() + biases.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    all.putInt(multipliers.size()).putInt(0);
    multipliers.forEach(multiplier -> all.putInt(multiplier.mantissa()));
    multipliers.forEach(multiplier -> all.putInt(multiplier.shift()));
    all.put(biases);
    return all.array();
  }

  private List<Multiplier> multipliers() {
    float in = scale(input(0));
    float out = scale(model.tensors().get(operator.outputs().get(0)));
    Quantization weights = input(1).quantization();
    List<Multiplier> all = new ArrayList<>();
    if (weights instanceof Quantization.PerChannel scheme) {
      scheme.scales().forEach(scale -> all.add(Multiplier.of((double) in * scale / out)));
      return all;
    }
    float scale = scale(input(1));
    if (operator.builtinCode() == BuiltinOperator.FULLY_CONNECTED) {
      // TensorFlow Lite multiplies these two in floats.
      return List.of(Multiplier.of((double) (in * scale) / out));
    }
    for (int i = 0; i < channels(); i++) {
      all.add(Multiplier.of((double) in * scale / out));
    }
    return all;
  }

  private byte[] biases() {
    boolean given = operator.inputs().size() > 2 && operator.inputs().get(2) >= 0;
    int bytes = Width.of(model, operator) == Width.INT16 ? Long.BYTES : Integer.BYTES;
    return given ? model.constant(operator.inputs().get(2)) : new byte[bytes * channels()];
  }

  private int channels() {
    List<Integer> shape = input(1).shape();
    boolean last = operator.builtinCode() == BuiltinOperator.DEPTHWISE_CONV_2D;
    return shape.get(last ? 3 : 0);
  }

  private TfliteTensor input(int place) {
    return model.tensors().get(operator.inputs().get(place));
  }

  private static float scale(TfliteTensor tensor) {
    if (tensor.quantization() instanceof Quantization.PerTensor scheme) {
      return scheme.scale();
    }
    throw new IllegalArgumentException(tensor.label() + " has no scale");
  }

  /**
   * A positive factor as {@code mantissa * 2^(shift - 31)}: TensorFlow Lite's QuantizeMultiplier.
   */
  record Multiplier(int mantissa, int shift) {
    private static final int SMALLEST_SHIFT = -31;

    static Multiplier of(double factor) {
      if (!(factor > 0) || Double.isInfinite(factor)) {
        throw new IllegalArgumentException("factor " + factor + " is not a positive number");
      }
      int shift = Math.getExponent(factor) + 1;
      long mantissa = Math.round(Math.scalb(factor, 31 - shift));
      if (mantissa == 1L << 31) {
        mantissa /= 2;
        shift++;
      }
      return shift < SMALLEST_SHIFT ? new Multiplier(0, 0) : new Multiplier((int) mantissa, shift);
    }
  }
}
