package org.hilbench.tflite;

import org.tensorflow.lite.schema.BuiltinOperator;

/**
 * 4-bit weights as the kernels read them. A file has them two a byte, the even element in the low
 * half, without regard to rows. Depthwise weights stay so. Of CONV_2D and FULLY_CONNECTED each row
 * (an output's weights) is by itself: eight weights in four bytes, byte j holding weight j in its
 * low half and weight j + 4 in its high half, the last eight filled up with zeros.
 */
final class PackedWeights {
  private static final int TOGETHER = 8;
  private static final int HALF = 4;

  private PackedWeights() {}

  static byte[] of(TfliteModel model, TfliteOperator operator) {
    TfliteTensor weights = model.tensors().get(operator.inputs().get(1));
    byte[] packed = model.constant(weights.index());
    if (operator.builtinCode() == BuiltinOperator.DEPTHWISE_CONV_2D) {
      return packed;
    }
    int rows = weights.shape().get(0);
    return rows(packed, rows, Math.toIntExact(weights.elements() / rows));
  }

  private static byte[] rows(byte[] packed, int rows, int length) {
    int rowBytes = (length + TOGETHER - 1) / TOGETHER * HALF;
    byte[] all = new byte[rows * rowBytes];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < length; i++) {
        int at = row * rowBytes + i / TOGETHER * HALF + i % HALF;
        int nibble = nibble(packed, row * length + i);
        all[at] |= (byte) (i % TOGETHER < HALF ? nibble : nibble << HALF);
      }
    }
    return all;
  }

  private static int nibble(byte[] packed, int element) {
    return packed[element / 2] >> (element % 2 == 0 ? 0 : HALF) & 15;
  }
}
