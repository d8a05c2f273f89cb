package org.hilbench.firmware;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hilbench.graph.Quantization;
import org.hilbench.tflite.KernelOptions;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.tflite.TfliteOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the runtime's own kernels take without a word and compute wrongly. Each was seen against
 * TensorFlow Lite's reference on a model of that operator alone.
 */
final class ReferenceTraps {
  private static final int LEAST_INT8 = -128;
  private static final int MOST_INT8 = 127;
  private static final int MOST_CONCATENATED = 10;
  private static final int MOST_DIMENSIONS = 4;

  private final TfliteOperator operator;
  private final KernelOptions options;
  private final OperatorTensors tensors;

  ReferenceTraps(TfliteModel model, TfliteOperator operator) {
    this.operator = operator;
    this.options = KernelOptions.of(model, operator.index());
    this.tensors = new OperatorTensors(model, operator);
  }

  Optional<String> find() {
    return Optional.ofNullable(limit()).or(() -> Optional.ofNullable(trap()));
  }

  /** What they refuse while they are prepared. */
  private @Nullable String limit() {
    return switch (operator.name()) {
      case "ADD", "CONCATENATION", "PAD", "PADV2", "RESIZE_NEAREST_NEIGHBOR" ->
          tensors.moreDimensionsThan(MOST_DIMENSIONS);
      case "EQUAL", "NOT_EQUAL", "GREATER", "GREATER_EQUAL", "LESS", "LESS_EQUAL" ->
          tensors.moreDimensionsThan(MOST_DIMENSIONS);
      case "MAXIMUM", "MINIMUM" -> tensors.moreDimensionsThan(MOST_DIMENSIONS + 1);
      case "STRIDED_SLICE" -> {
        String rank = tensors.moreDimensionsThan(MOST_DIMENSIONS);
        yield rank == null ? tensors.notConstant(1, 2, 3) : rank;
      }
      case "SPLIT" -> tensors.notConstant(0);
      case "CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED" -> tensors.notConstant(1);
      default -> null;
    };
  }

  private @Nullable String trap() {
    return switch (operator.name()) {
      case "CONV_2D" -> convolution();
      case "DEPTHWISE_CONV_2D" -> depthwise();
      case "FULLY_CONNECTED" -> fullyConnected();
      case "RELU", "RELU6", "RESHAPE", "AVERAGE_POOL_2D", "MAX_POOL_2D" -> tensors.requantized();
      case "SUB", "MUL", "PRELU" -> "divides scales in another precision than TensorFlow Lite";
      case "LOGISTIC", "TANH" -> "is computed in fixed point, where TensorFlow Lite takes floats";
      case "RESIZE_NEAREST_NEIGHBOR" -> resize();
      case "EQUAL", "NOT_EQUAL", "GREATER", "GREATER_EQUAL", "LESS", "LESS_EQUAL" -> compared();
      case "PAD", "PADV2" -> padded();
      case "STRIDED_SLICE" -> stridedSlice();
      case "CONCATENATION" -> concatenation();
      default -> null;
    };
  }

  private @Nullable String convolution() {
    List<Integer> input = tensors.input(0).shape();
    List<Integer> weights = tensors.input(1).shape();
    if (input.size() == 4 && !input.get(3).equals(weights.get(3))) {
      return "is grouped ("
          + input.get(3)
          + " input channels, kernels of "
          + weights.get(3)
          + "), which these kernels compute wrongly";
    }
    return null;
  }

  private @Nullable String depthwise() {
    if (options.dilated() && options.same()) {
      return "is dilated with SAME padding, which these kernels pad as if it were not dilated";
    }
    if (operator.inputs().size() > 2 && operator.inputs().get(2) < 0) {
      return "has a bias index of -1, on which these kernels abort; leave the third input out";
    }
    if (!activationIsHarmless()) {
      return "has the activation "
          + options.activation()
          + ", which these kernels ignore, and its output's range does not imply it";
    }
    return null;
  }

  /** Whether no int8 value of the output lies outside the activation's range. */
  private boolean activationIsHarmless() {
    if (!(tensors.output().quantization() instanceof Quantization.PerTensor range)) {
      return options.activation().equals("NONE");
    }
    double least = (LEAST_INT8 - range.zeroPoint()) * (double) range.scale();
    double most = (MOST_INT8 - range.zeroPoint()) * (double) range.scale();
    double slack = range.scale() / 2;
    return switch (options.activation()) {
      case "NONE" -> true;
      case "RELU" -> least >= 0;
      case "RELU6" -> least >= 0 && most <= 6 + slack;
      case "RELU_N1_TO_1" -> least >= -1 - slack && most <= 1 + slack;
      default -> false;
    };
  }

  private @Nullable String fullyConnected() {
    if (tensors.input(1).quantization() instanceof Quantization.PerChannel scales
        && scales.scales().stream().distinct().count() > 1) {
      return "has per-channel weights, of which these kernels use the first scale for all";
    }
    return options.keepDims() ? "has keep_num_dims, which these kernels ignore" : null;
  }

  private @Nullable String compared() {
    boolean fine = Stream.of(0, 1).allMatch(place -> tensors.scale(tensors.input(place)) < 1);
    return fine ? null : "compares a tensor of a scale of 1 or more, on which these kernels abort";
  }

  private @Nullable String padded() {
    String unknown = tensors.notConstant(1);
    if (unknown != null) {
      return unknown;
    }
    boolean equal =
        !tensors.has(2) || tensors.input(2).quantization().equals(tensors.output().quantization());
    return equal ? tensors.requantized() : "pads with a value of another scale than its output's";
  }

  private @Nullable String resize() {
    return options.halfPixelCenters()
        ? "has half_pixel_centers, which these kernels ignore"
        : tensors.requantized();
  }

  private @Nullable String stridedSlice() {
    return options.otherMasks()
        ? "has an ellipsis, a new axis, or one that a mask opens and takes out: these kernels ignore it"
        : tensors.requantized();
  }

  private @Nullable String concatenation() {
    if (operator.inputs().size() > MOST_CONCATENATED) {
      return "has " + operator.inputs().size() + " inputs; these kernels take 10";
    }
    return tensors.joined();
  }
}
