package org.hilbench.tflite;

import java.util.Set;
import org.hilbench.graph.Quantization;
import org.tensorflow.lite.schema.BuiltinOperator;

/**
 * LOGISTIC and TANH of every int8, in the floats that TensorFlow Lite computes its own table in.
 * Entry i is of the input i - 128.
 */
final class LookupTable {
  private static final Set<Integer> LOOKED_UP =
      Set.of(BuiltinOperator.LOGISTIC, BuiltinOperator.TANH);

  private LookupTable() {}

  static boolean serves(TfliteOperator operator) {
    return LOOKED_UP.contains(operator.builtinCode());
  }

  static byte[] of(TfliteModel model, TfliteOperator operator) {
    Quantization.PerTensor in = range(model, operator.inputs().get(0));
    Quantization.PerTensor out = range(model, operator.outputs().get(0));
    float inverse = 1 / out.scale();
    byte[] table = new byte[Byte.MAX_VALUE - Byte.MIN_VALUE + 1];
    for (int value = Byte.MIN_VALUE; value <= Byte.MAX_VALUE; value++) {
      float real = in.scale() * (value - in.zeroPoint());
      double rounded = rounded(function(operator, real) * inverse);
      double clamped =
          Math.max(Byte.MIN_VALUE, Math.min(Byte.MAX_VALUE, rounded + out.zeroPoint()));
      table[value - Byte.MIN_VALUE] = (byte) clamped;
    }
    return table;
  }

  private static float function(TfliteOperator operator, float x) {
    return operator.builtinCode() == BuiltinOperator.TANH
        ? (float) Math.tanh(x)
        : 1.0f / (1.0f + (float) Math.exp(-x));
  }

  /** Ties away from zero. */
  private static double rounded(float value) {
    return Math.copySign(Math.floor(Math.abs((double) value) + 0.5), value);
  }

  private static Quantization.PerTensor range(TfliteModel model, int tensor) {
    TfliteTensor found = model.tensors().get(tensor);
    if (found.quantization() instanceof Quantization.PerTensor scheme) {
      return scheme;
    }
    throw new IllegalArgumentException(found.label() + " has no scale");
  }
}
