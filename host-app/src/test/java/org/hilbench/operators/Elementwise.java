package org.hilbench.operators;

import org.hilbench.operators.Sketch.T;
import org.jspecify.annotations.Nullable;
import org.tensorflow.lite.schema.AddOptionsT;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.EqualOptionsT;
import org.tensorflow.lite.schema.GreaterEqualOptionsT;
import org.tensorflow.lite.schema.GreaterOptionsT;
import org.tensorflow.lite.schema.HardSwishOptionsT;
import org.tensorflow.lite.schema.L2NormOptionsT;
import org.tensorflow.lite.schema.LessEqualOptionsT;
import org.tensorflow.lite.schema.LessOptionsT;
import org.tensorflow.lite.schema.MaximumMinimumOptionsT;
import org.tensorflow.lite.schema.MulOptionsT;
import org.tensorflow.lite.schema.NotEqualOptionsT;
import org.tensorflow.lite.schema.QuantizeOptionsT;
import org.tensorflow.lite.schema.SoftmaxOptionsT;
import org.tensorflow.lite.schema.SubOptionsT;

/** Operators whose output has the shape of their (larger) input. */
final class Elementwise {
  private final Sketch sketch;
  private final Chance chance;

  Elementwise(Sketch sketch, Chance chance) {
    this.sketch = sketch;
    this.chance = chance;
  }

  T add(T in) {
    AddOptionsT options = new AddOptionsT();
    options.setFusedActivationFunction(chance.activation());
    options.setPotScaleInt16(in.type() != Sketch.INT16);
    int version = in.type() == Sketch.INT16 ? 3 : chance.of(1, 2, 2, 2, 3, 5);
    return sum(in, BuiltinOperator.ADD, version, BuiltinOptions.AddOptions, options);
  }

  T sub(T in) {
    SubOptionsT options = new SubOptionsT();
    options.setFusedActivationFunction(chance.activation());
    return sum(in, BuiltinOperator.SUB, chance.of(1, 2, 2, 3), BuiltinOptions.SubOptions, options);
  }

  /** TensorFlow Lite aborts where the inputs are far coarser than the output. */
  private T sum(T in, int code, int version, byte type, Object options) {
    T other = operand(in);
    float largest = Math.max(in.scale(), other.scale());
    float scale = chance.percent(20) ? in.scale() : chance.scale();
    scale = Math.max(scale, largest / 1000);
    return binary(in, other, code, version, type, options, wide(in), scale, zeroPoint(in));
  }

  T mul(T in) {
    MulOptionsT options = new MulOptionsT();
    options.setFusedActivationFunction(chance.activation());
    T other = operand(in);
    float scale =
        chance.percent(70) ? in.scale() * other.scale() * chance.in(20, 200) : chance.scale();
    return binary(
        in,
        other,
        BuiltinOperator.MUL,
        chance.of(1, 2, 2, 3, 4, 7),
        BuiltinOptions.MulOptions,
        options,
        wide(in),
        scale,
        zeroPoint(in));
  }

  T maximumOrMinimum(T in) {
    int code = chance.of(BuiltinOperator.MAXIMUM, BuiltinOperator.MINIMUM);
    boolean same = chance.percent(80);
    T other = same ? operand(in, in.scale(), in.zeroPoint()) : operand(in);
    return binary(
        in,
        other,
        code,
        chance.of(1, 2, 2, 3, 4),
        BuiltinOptions.MaximumMinimumOptions,
        new MaximumMinimumOptionsT(),
        wide(in),
        same ? in.scale() : chance.scale(),
        same ? in.zeroPoint() : zeroPoint(in));
  }

  private T binary(
      T in,
      T other,
      int code,
      int version,
      byte type,
      Object options,
      byte out,
      float scale,
      int zero) {
    T first = in;
    T second = other;
    if (chance.percent(40)) {
      first = other;
      second = in;
    }
    T output = sketch.activation(broadcast(in.shape(), other.shape()), out, scale, zero);
    int[] inputs = {first.index(), second.index()};
    sketch.operator(code, version, type, options, inputs, output.index());
    return output;
  }

  /** A comparison that nobody reads: its output is BOOL, which no model of int8 ends in. */
  T comparison(T in) {
    int kind = chance.below(6);
    int code =
        new int[] {
              BuiltinOperator.EQUAL,
              BuiltinOperator.NOT_EQUAL,
              BuiltinOperator.GREATER,
              BuiltinOperator.GREATER_EQUAL,
              BuiltinOperator.LESS,
              BuiltinOperator.LESS_EQUAL
            }
            [kind];
    byte type =
        new byte[] {
              BuiltinOptions.EqualOptions,
              BuiltinOptions.NotEqualOptions,
              BuiltinOptions.GreaterOptions,
              BuiltinOptions.GreaterEqualOptions,
              BuiltinOptions.LessOptions,
              BuiltinOptions.LessEqualOptions
            }
            [kind];
    Object options =
        new Object[] {
              new EqualOptionsT(),
              new NotEqualOptionsT(),
              new GreaterOptionsT(),
              new GreaterEqualOptionsT(),
              new LessOptionsT(),
              new LessEqualOptionsT()
            }
            [kind];
    T other = operand(in);
    T output = sketch.activation(broadcast(in.shape(), other.shape()), Sketch.BOOL, 0, 0);
    int[] inputs = {in.index(), other.index()};
    sketch.operator(code, chance.of(1, 2, 2, 3, 4), type, options, inputs, output.index());
    return relu(in);
  }

  T relu(T in) {
    return unary(in, BuiltinOperator.RELU, chance.of(1, 2, 2, 3), (byte) 0, null);
  }

  T relu6(T in) {
    return unary(in, BuiltinOperator.RELU6, chance.of(1, 2, 2, 3), (byte) 0, null);
  }

  T otherRelu(T in) {
    int code = chance.of(BuiltinOperator.RELU_N1_TO_1, BuiltinOperator.RELU_0_TO_1);
    return unary(in, code, 1, (byte) 0, null);
  }

  T hardSwish(T in) {
    return unary(
        in,
        BuiltinOperator.HARD_SWISH,
        1,
        BuiltinOptions.HardSwishOptions,
        new HardSwishOptionsT());
  }

  private T unary(T in, int code, int version, byte type, @Nullable Object options) {
    boolean same = chance.percent(35);
    float near = in.scale() * (0.3f + chance.below(300) / 100f);
    float scale = same ? in.scale() : chance.percent(80) ? near : chance.scale();
    T output =
        sketch.activation(in.shape(), wide(in), scale, same ? in.zeroPoint() : zeroPoint(in));
    sketch.operator(code, version, type, options, new int[] {in.index()}, output.index());
    return output;
  }

  T logistic(T in) {
    return fixed(in, BuiltinOperator.LOGISTIC, (byte) 0, null, 1f / 256, -128);
  }

  T tanh(T in) {
    return fixed(in, BuiltinOperator.TANH, (byte) 0, null, 1f / 128, 0);
  }

  T l2Normalization(T in) {
    L2NormOptionsT options = new L2NormOptionsT();
    return fixed(
        in, BuiltinOperator.L2_NORMALIZATION, BuiltinOptions.L2NormOptions, options, 1f / 128, 0);
  }

  T softmax(T in) {
    SoftmaxOptionsT options = new SoftmaxOptionsT();
    options.setBeta(chance.percent(80) ? 1 : chance.in(1, 40) / 10f);
    T fine = in.scale() < 1e-4 ? quantize(in, Sketch.INT8, 0.05f) : in;
    return fixed(
        fine, BuiltinOperator.SOFTMAX, BuiltinOptions.SoftmaxOptions, options, 1f / 256, -128);
  }

  private T fixed(T in, int code, byte type, @Nullable Object options, float scale, int zeroPoint) {
    float odd = chance.percent(4) ? scale * 2 : scale;
    int zero = chance.percent(4) ? zeroPoint + 1 : zeroPoint;
    T output = sketch.activation(in.shape(), wide(in), odd, in.type() == Sketch.INT16 ? 0 : zero);
    int version = chance.of(1, 2, 2, 2, 3);
    sketch.operator(code, version, type, options, new int[] {in.index()}, output.index());
    return output;
  }

  T prelu(T in) {
    int[] shape = in.shape().clone();
    if (in.rank() == 4 && chance.percent(70)) {
      shape[1] = 1;
      shape[2] = 1;
    }
    int[] alphas = java.util.Arrays.copyOfRange(shape, in.rank() > 1 ? 1 : 0, shape.length);
    byte[] data = chance.bytes(Sketch.product(alphas));
    T alpha = sketch.constant(alphas, Sketch.INT8, chance.scale(), chance.zeroPoint(), data);
    T output = sketch.activation(in.shape(), in.type(), chance.scale(), zeroPoint(in));
    sketch.operator(
        BuiltinOperator.PRELU,
        1,
        (byte) 0,
        null,
        new int[] {in.index(), alpha.index()},
        output.index());
    return output;
  }

  T quantize(T in) {
    return quantize(in, Sketch.INT8, chance.scale());
  }

  /** int8 to int16 and back too. */
  T quantize(T in, byte type, float scale) {
    boolean widens = in.type() == Sketch.INT8 && type == Sketch.INT16;
    int zero = type == Sketch.INT16 ? 0 : chance.zeroPoint();
    T output = sketch.activation(in.shape(), type, scale, zero);
    sketch.operator(
        BuiltinOperator.QUANTIZE,
        widens ? 4 : in.type() == Sketch.INT16 || chance.percent(80) ? 2 : chance.of(1, 3),
        BuiltinOptions.QuantizeOptions,
        new QuantizeOptionsT(),
        new int[] {in.index()},
        output.index());
    return output;
  }

  private T operand(T in) {
    return operand(in, chance.percent(25) ? in.scale() : chance.scale(), zeroPoint(in));
  }

  /** The tensor itself, another of its shape, or one that is broadcast. */
  private T operand(T in, float scale, int zero) {
    if (chance.percent(10)) {
      return in;
    }
    int[] shape = in.shape().clone();
    if (chance.percent(45)) {
      for (int i = 0; i < shape.length; i++) {
        shape[i] = chance.percent(60) && i + 1 < shape.length ? 1 : shape[i];
      }
      shape[shape.length - 1] = chance.percent(15) ? 1 : shape[shape.length - 1];
    }
    if (chance.percent(10)) {
      shape = new int[] {chance.percent(70) ? in.last() : 1};
    }
    int width = in.type() == Sketch.INT16 ? 2 : 1;
    byte[] data = chance.bytes(Sketch.product(shape) * width);
    return sketch.constant(shape, in.type(), scale, zero, data);
  }

  private int zeroPoint(T in) {
    return in.type() == Sketch.INT16 ? 0 : chance.zeroPoint();
  }

  private static byte wide(T in) {
    return in.type();
  }

  private static int[] broadcast(int[] a, int[] b) {
    int rank = Math.max(a.length, b.length);
    int[] shape = new int[rank];
    for (int i = 0; i < rank; i++) {
      int left = i < rank - a.length ? 1 : a[i - rank + a.length];
      int right = i < rank - b.length ? 1 : b[i - rank + b.length];
      shape[i] = Math.max(left, right);
    }
    return shape;
  }
}
