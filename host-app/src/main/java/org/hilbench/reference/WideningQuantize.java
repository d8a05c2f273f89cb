package org.hilbench.reference;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.ShortPointer;
import org.bytedeco.tensorflowlite.TfLiteContext;
import org.bytedeco.tensorflowlite.TfLiteNode;
import org.bytedeco.tensorflowlite.TfLiteRegistration;
import org.bytedeco.tensorflowlite.TfLiteTensor;
import org.bytedeco.tensorflowlite.global.tensorflowlite;

/**
 * QUANTIZE from int8 to int16, the one step between widths that TensorFlow Lite 2.20 lacks (TFLite
 * Micro has it): {@code (q - zero point) * input scale / output scale} in 32-bit fixed point with
 * gemmlowp's double rounding, as TensorFlow Lite's QUANTIZE between its other types.
 */
final class WideningQuantize {
  /** The version it is registered and written as; TensorFlow Lite's own end before it. */
  static final int VERSION = 4;

  private static final int OK = 0;
  private static final int ERROR = 1;

  // TensorFlow Lite calls these for as long as the JVM lives.
  private static final Prepare PREPARE = new Prepare();
  private static final Invoke INVOKE = new Invoke();

  private WideningQuantize() {}

  static TfLiteRegistration registration() {
    TfLiteRegistration registration = new TfLiteRegistration();
    registration.fill(0);
    return registration.prepare(PREPARE).invoke(INVOKE);
  }

  private static TfLiteTensor tensor(TfLiteContext context, int index) {
    return context.tensors().getPointer(index);
  }

  private static final class Prepare extends TfLiteRegistration.Prepare_TfLiteContext_TfLiteNode {
    @Override
    public int call(TfLiteContext context, TfLiteNode node) {
      TfLiteTensor input = tensor(context, node.inputs().data(0));
      TfLiteTensor output = tensor(context, node.outputs().data(0));
      boolean taken =
          input.type() == tensorflowlite.kTfLiteInt8
              && output.type() == tensorflowlite.kTfLiteInt16
              && output.params().zero_point() == 0;
      return taken
          ? context.ResizeTensor()
              .call(context, output, tensorflowlite.TfLiteIntArrayCopy(input.dims()))
          : ERROR;
    }
  }

  private static final class Invoke extends TfLiteRegistration.Invoke_TfLiteContext_TfLiteNode {
    @Override
    public int call(TfLiteContext context, TfLiteNode node) {
      TfLiteTensor input = tensor(context, node.inputs().data(0));
      TfLiteTensor output = tensor(context, node.outputs().data(0));
      short[] table =
          table(
              input.params().scale() / (double) output.params().scale(),
              input.params().zero_point());
      byte[] from = new byte[Math.toIntExact(input.bytes())];
      new BytePointer(input.data().raw()).capacity(from.length).get(from);
      short[] to = new short[from.length];
      for (int i = 0; i < to.length; i++) {
        to[i] = table[from[i] - Byte.MIN_VALUE];
      }
      new ShortPointer(output.data().raw()).capacity(to.length).put(to);
      return OK;
    }
  }

  /** The int16 value of each int8 value, from -128 up. */
  static short[] table(double factor, int zeroPoint) {
    int shift = Math.getExponent(factor) + 1;
    long mantissa = Math.round(Math.scalb(factor, 31 - shift));
    short[] table = new short[1 << Byte.SIZE];
    for (int i = 0; i < table.length; i++) {
      long value = (long) i + Byte.MIN_VALUE - zeroPoint;
      long left = value << Math.max(0, shift);
      long high = rounded(left * mantissa, 31);
      long result = rounded(high, Math.max(0, -shift));
      table[i] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, result));
    }
    return table;
  }

  /** Division by a power of two, to nearest, ties away from zero. */
  private static long rounded(long value, int bits) {
    long half = bits == 0 ? 0 : 1L << (bits - 1);
    return value >= 0 ? (value + half) >> bits : -((-value + half) >> bits);
  }
}
