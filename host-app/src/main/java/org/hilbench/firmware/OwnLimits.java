package org.hilbench.firmware;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hilbench.graph.Quantization;
import org.hilbench.tflite.DeviceForm;
import org.hilbench.tflite.KernelOptions;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.tflite.TfliteOperator;
import org.jspecify.annotations.Nullable;

/**
 * What this project's kernels take of an operator beyond its version. Whatever they would refuse on
 * the device is refused here; random models of each operator hold both together.
 */
final class OwnLimits {
  private static final int MOST_DIMENSIONS = 4;
  private static final float PROBABILITY_SCALE = 1f / 256;
  private static final int LEAST_INT8 = -128;
  private static final float FINE = 1f / 128;
  private static final float RELU_SCALE = 3f / 32768;
  private static final float LEAST_FACTOR = 1f / 65536;
  private static final float MOST_RELU_FACTOR = 32768;

  private final TfliteModel model;
  private final TfliteOperator operator;
  private final OperatorTensors tensors;

  OwnLimits(TfliteModel model, TfliteOperator operator) {
    this.model = model;
    this.operator = operator;
    this.tensors = new OperatorTensors(model, operator);
  }

  Optional<String> find() {
    return DeviceForm.problem(model, operator)
        .or(
            () ->
                Optional.ofNullable(
                    switch (operator.name()) {
                      case "ADD", "SUB", "MUL", "PRELU" -> pair();
                      case "MEAN" -> mean();
                      case "PAD" -> pad();
                      case "CONCATENATION" -> concatenation();
                      case "SOFTMAX" -> probabilities();
                      case "RELU", "RELU6", "QUANTIZE", "LOGISTIC", "TANH" -> oneScale();
                      case "HARD_SWISH" -> hardSwish();
                      case "AVERAGE_POOL_2D", "MAX_POOL_2D" -> tensors.requantized();
                      default -> null;
                    }));
  }

  private @Nullable String oneScale() {
    return tensors.withoutOneScale(0);
  }

  private @Nullable String pair() {
    String unscaled = tensors.withoutOneScale(0, 1);
    if (unscaled != null) {
      return unscaled;
    }
    List<Integer> first = tensors.input(0).shape();
    List<Integer> second = tensors.input(1).shape();
    int most = Math.max(first.size(), second.size());
    return first.equals(second) || most <= MOST_DIMENSIONS
        ? null
        : "broadcasts " + first + " and " + second + "; these kernels do that up to 4 dimensions";
  }

  private @Nullable String mean() {
    List<Integer> axes = tensors.constants(1);
    int rank = tensors.input(0).shape().size();
    boolean[] reduced = new boolean[rank];
    axes.forEach(axis -> reduced[Math.floorMod(axis, rank)] = true);
    int begins =
        (int)
            IntStream.range(0, rank)
                .filter(axis -> reduced[axis] && (axis == 0 || !reduced[axis - 1]))
                .count();
    return begins == 1
        ? oneScale()
        : "is over the axes " + axes + "; these kernels take axes that follow one another";
  }

  private @Nullable String pad() {
    String limit = tensors.moreDimensionsThan(MOST_DIMENSIONS);
    String unknown = limit == null ? tensors.notConstant(1) : limit;
    return unknown == null ? tensors.requantized() : unknown;
  }

  private @Nullable String concatenation() {
    if (!KernelOptions.of(model, operator.index()).activation().equals("NONE")) {
      return "has a fused activation";
    }
    return tensors.joined();
  }

  /** TensorFlow Lite's own limits: shifts of 16-bit numbers, that of the output to the right. */
  private @Nullable String hardSwish() {
    String unscaled = oneScale();
    if (unscaled != null) {
      return unscaled;
    }
    float fine = FINE * tensors.scale(tensors.input(0));
    float factor = fine / tensors.scale(tensors.output());
    boolean shifts = factor < 1 && factor >= LEAST_FACTOR;
    boolean relu = fine >= LEAST_FACTOR * RELU_SCALE && fine < MOST_RELU_FACTOR * RELU_SCALE;
    return shifts && relu ? null : "has scales beyond the shifts of 16-bit numbers";
  }

  private @Nullable String probabilities() {
    return tensors.output().quantization() instanceof Quantization.PerTensor range
            && range.scale() == PROBABILITY_SCALE
            && range.zeroPoint() == LEAST_INT8
        ? oneScale()
        : "has an output of another scale than 1/256 with zero point -128";
  }
}
