package org.hilbench.firmware;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hilbench.graph.Quantization;
import org.hilbench.tflite.TensorType;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.tflite.TfliteOperator;
import org.hilbench.tflite.TfliteTensor;
import org.jspecify.annotations.Nullable;

/** The tensors of one operator, and what kernels ask of them; null stands for nothing wrong. */
record OperatorTensors(TfliteModel model, TfliteOperator operator) {

  TfliteTensor input(int place) {
    return model.tensors().get(operator.inputs().get(place));
  }

  TfliteTensor output() {
    return model.tensors().get(operator.outputs().get(0));
  }

  /** Whether there is such an input, and it is not left out. */
  boolean has(int place) {
    return place < operator.inputs().size() && operator.inputs().get(place) >= 0;
  }

  /** The values of a constant of int32 or int64; empty where it is none. */
  List<Integer> constants(int place) {
    List<Integer> values = new ArrayList<>();
    if (has(place) && input(place).constant()) {
      boolean wide = input(place).type() == TensorType.INT64;
      ByteBuffer data =
          ByteBuffer.wrap(model.constant(input(place).index())).order(ByteOrder.LITTLE_ENDIAN);
      while (data.remaining() >= (wide ? Long.BYTES : Integer.BYTES)) {
        values.add(wide ? (int) data.getLong() : data.getInt());
      }
    }
    return values;
  }

  /** The first of these inputs, or the output, that has no scale or several. */
  @Nullable String withoutOneScale(int... places) {
    for (int place : places) {
      if (!has(place)) {
        return "lacks its input " + place;
      }
      if (!(input(place).quantization() instanceof Quantization.PerTensor)) {
        return "reads " + input(place).label() + ", which has not one scale";
      }
    }
    return output().quantization() instanceof Quantization.PerTensor
        ? null
        : "writes " + output().label() + ", which has not one scale";
  }

  /** Of a tensor that has one. */
  float scale(TfliteTensor tensor) {
    return tensor.quantization() instanceof Quantization.PerTensor scheme ? scheme.scale() : 0;
  }

  @Nullable String moreDimensionsThan(int most) {
    return Stream.concat(operator.inputs().stream(), operator.outputs().stream())
        .filter(index -> index >= 0 && model.tensors().get(index).shape().size() > most)
        .findFirst()
        .map(index -> model.tensors().get(index).label() + " of more than " + most + " dimensions")
        .map(what -> "has " + what + ", which these kernels do not take")
        .orElse(null);
  }

  /** The first of these inputs that the file does not hold. */
  @Nullable String notConstant(int... places) {
    for (int place : places) {
      if (has(place) && !input(place).constant()) {
        return "reads " + input(place).label() + ", which these kernels need in the file";
      }
    }
    return null;
  }

  @Nullable String requantized() {
    return input(0).quantization().equals(output().quantization())
        ? null
        : "has an output quantized otherwise than its input, which these kernels ignore";
  }

  @Nullable String joined() {
    boolean equal =
        operator.inputs().stream()
            .allMatch(
                index -> model.tensors().get(index).quantization().equals(output().quantization()));
    return equal ? null : "joins tensors of different quantization, which these kernels ignore";
  }
}
