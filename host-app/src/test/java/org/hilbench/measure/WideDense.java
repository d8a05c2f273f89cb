package org.hilbench.measure;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.zip.CRC32;
import org.hilbench.BenchException;
import org.hilbench.graph.Quantization;
import org.hilbench.reference.HostInterpreter;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.tflite.TfliteOperator;

/**
 * A FULLY_CONNECTED of int16 activations without an activation, as TensorFlow Lite Micro rounds it:
 * the multiplier in 16 bits, the product once. TensorFlow Lite's own differs by one here and there.
 */
final class WideDense {
  private static final int MULTIPLIER_BITS = 31;
  private static final long LARGEST = 0x7fff0000L;

  private final TfliteModel model;
  private final TfliteOperator operator;

  WideDense(TfliteModel model, TfliteOperator operator) {
    this.model = model;
    this.operator = operator;
  }

  /** CRC-32 of the output for the input that the interpreter has for it. */
  long crc(HostInterpreter host) throws BenchException {
    ShortBuffer input = little(host.tensor(operator.inputs().get(0))).asShortBuffer();
    byte[] weights = model.constant(operator.inputs().get(1));
    LongBuffer biases = little(model.constant(operator.inputs().get(2))).asLongBuffer();
    int depth = input.limit();
    byte[] bytes = new byte[Short.BYTES * biases.limit()];
    ByteBuffer output = little(bytes);
    for (int row = 0; row < biases.limit(); row++) {
      long sum = biases.get(row);
      for (int i = 0; i < depth; i++) {
        sum += (long) input.get(i) * weights[row * depth + i];
      }
      output.putShort((short) scaled(sum, factor(row)));
    }
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }

  private double factor(int row) {
    Quantization weights = model.tensors().get(operator.inputs().get(1)).quantization();
    float weight = ((Quantization.PerChannel) weights).scales().get(row);
    return (double) scale(operator.inputs().get(0)) * weight / scale(operator.outputs().get(0));
  }

  private float scale(int tensor) {
    return ((Quantization.PerTensor) model.tensors().get(tensor).quantization()).scale();
  }

  private static long scaled(long sum, double factor) {
    int shift = Math.getExponent(factor) + 1;
    long multiplier = Math.round(Math.scalb(factor, MULTIPLIER_BITS - shift));
    long upper = multiplier < LARGEST ? (multiplier + (1 << 15)) >> 16 : 0x7fff;
    int bits = 15 - shift;
    long value = (sum * upper + (1L << (bits - 1))) >> bits;
    return Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, value));
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
