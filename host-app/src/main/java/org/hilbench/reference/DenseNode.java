package org.hilbench.reference;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.ShortPointer;
import org.bytedeco.tensorflowlite.TfLiteAffineQuantization;
import org.bytedeco.tensorflowlite.TfLiteContext;
import org.bytedeco.tensorflowlite.TfLiteFloatArray;
import org.bytedeco.tensorflowlite.TfLiteNode;
import org.bytedeco.tensorflowlite.TfLiteTensor;
import org.bytedeco.tensorflowlite.global.tensorflowlite;
import org.jspecify.annotations.Nullable;

/** A FULLY_CONNECTED node that TensorFlow Lite has prepared: its tensors and options. */
final class DenseNode {
  private static final int RELU = 1;
  private static final int RELU_N1_TO_1 = 2;
  private static final int RELU6 = 3;

  private final int activation;
  private final int weightsFormat;
  private final TfLiteTensor input;
  private final TfLiteTensor weights;
  private final @Nullable TfLiteTensor bias;
  private final TfLiteTensor output;

  DenseNode(TfLiteContext context, TfLiteNode node) {
    // TfLiteFullyConnectedParams, which bytedeco does not wrap, begins with these two.
    IntPointer options = new IntPointer(node.builtin_data());
    activation = options.get(0);
    weightsFormat = options.get(1);
    input = context.tensors().getPointer(node.inputs().data(0));
    weights = context.tensors().getPointer(node.inputs().data(1));
    int third = node.inputs().size() > 2 ? node.inputs().data(2) : -1;
    bias = third < 0 ? null : context.tensors().getPointer(third);
    output = context.tensors().getPointer(node.outputs().data(0));
  }

  /** Int8 activations with int8 or int4 weights. */
  boolean isInt8() {
    boolean known =
        weights.type() == tensorflowlite.kTfLiteInt8
            || weights.type() == tensorflowlite.kTfLiteInt4;
    return known && isPlain(tensorflowlite.kTfLiteInt8, tensorflowlite.kTfLiteInt32);
  }

  /** Int16 activations with int8 weights and int64 biases. */
  boolean isInt16() {
    return weights.type() == tensorflowlite.kTfLiteInt8
        && isPlain(tensorflowlite.kTfLiteInt16, tensorflowlite.kTfLiteInt64);
  }

  private boolean isPlain(int activations, int biases) {
    return input.type() == activations
        && output.type() == activations
        && (bias == null || bias.type() == biases)
        && weightsFormat == 0
        && (weights.sparsity() == null || weights.sparsity().isNull());
  }

  void computeInt8() {
    byte[] weight = bytes(weights);
    if (weights.type() == tensorflowlite.kTfLiteInt4) {
      weight = unpacked(weight, outputs() * depth());
    }
    int[] biases = new int[outputs()];
    if (bias != null) {
      new IntPointer(bias.data().raw()).capacity(biases.length).get(biases);
    }
    byte[] result = layer(Byte.MIN_VALUE, Byte.MAX_VALUE).int8(bytes(input), weight, biases);
    requireSize(result.length);
    new BytePointer(output.data().raw()).capacity(result.length).put(result);
  }

  void computeInt16() {
    short[] from = new short[Math.toIntExact(input.bytes() / Short.BYTES)];
    new ShortPointer(input.data().raw()).capacity(from.length).get(from);
    long[] biases = new long[outputs()];
    if (bias != null) {
      new LongPointer(bias.data().raw()).capacity(biases.length).get(biases);
    }
    short[] result = layer(Short.MIN_VALUE, Short.MAX_VALUE).int16(from, bytes(weights), biases);
    requireSize((long) result.length * Short.BYTES);
    new ShortPointer(output.data().raw()).capacity(result.length).put(result);
  }

  private void requireSize(long bytes) {
    if (bytes != output.bytes()) {
      throw new IllegalStateException(bytes + " bytes for an output of " + output.bytes());
    }
  }

  private int outputs() {
    return weights.dims().data(0);
  }

  private int depth() {
    return weights.dims().data(1);
  }

  private Dense layer(int lowest, int highest) {
    int zeroPoint = output.params().zero_point();
    int least = lowest;
    int most = highest;
    if (activation == RELU || activation == RELU6) {
      least = Math.max(lowest, zeroPoint);
    }
    if (activation == RELU_N1_TO_1) {
      least = Math.max(lowest, zeroPoint - steps(1));
      most = Math.min(highest, zeroPoint + steps(1));
    }
    if (activation == RELU6) {
      most = Math.min(highest, zeroPoint + steps(6));
    }
    List<Factor> factors = factors();
    int weightOffset = factors.size() == 1 ? -weights.params().zero_point() : 0;
    int inputOffset = -input.params().zero_point();
    return new Dense(
        outputs(), depth(), inputOffset, weightOffset, zeroPoint, factors, least, most);
  }

  /** So many steps of the output are this positive number; ties away from zero. */
  private int steps(float value) {
    double exact = value / output.params().scale();
    return (int) Math.floor(Math.min(exact, 1 << 24) + 0.5);
  }

  /** One scale is multiplied in floats, one for each output in doubles. */
  private List<Factor> factors() {
    float from = input.params().scale();
    float to = output.params().scale();
    TfLiteFloatArray scales = new TfLiteAffineQuantization(weights.quantization().params()).scale();
    if (scales.size() == 1) {
      float product = from * weights.params().scale();
      return List.of(Factor.of((double) product / to));
    }
    List<Factor> all = new ArrayList<>();
    for (int i = 0; i < scales.size(); i++) {
      all.add(Factor.of((double) from * scales.data(i) / to));
    }
    return all;
  }

  private static byte[] bytes(TfLiteTensor tensor) {
    byte[] bytes = new byte[Math.toIntExact(tensor.bytes())];
    new BytePointer(tensor.data().raw()).capacity(bytes.length).get(bytes);
    return bytes;
  }

  /** Two 4-bit values a byte, the first in the low half. */
  private static byte[] unpacked(byte[] packed, int count) {
    byte[] values = new byte[count];
    for (int i = 0; i < count; i++) {
      int half = i % 2 == 0 ? packed[i / 2] << 4 : packed[i / 2];
      values[i] = (byte) ((byte) half >> 4);
    }
    return values;
  }
}
