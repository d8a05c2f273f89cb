package org.hilbench.firmware;

import java.util.List;
import java.util.Optional;
import org.hilbench.graph.Quantization;
import org.hilbench.tflite.KernelOptions;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.tflite.TfliteOperator;
import org.hilbench.tflite.TfliteTensor;
import org.jspecify.annotations.Nullable;

/**
 * What the runtime's own kernels take without a word and compute wrongly. Each was seen against
 * TensorFlow Lite's reference on a model of that operator alone.
 */
final class ReferenceTraps {
  private static final int LEAST_INT8 = -128;
  private static final int MOST_INT8 = 127;
  private static final int MOST_CONCATENATED = 10;

  private final TfliteModel model;
  private final TfliteOperator operator;
  private final KernelOptions options;

  ReferenceTraps(TfliteModel model, TfliteOperator operator) {
    this.model = model;
    this.operator = operator;
    this.options = KernelOptions.of(model, operator.index());
  }

  Optional<String> find() {
    return Optional.ofNullable(
        switch (operator.name()) {
          case "CONV_2D" -> convolution();
          case "DEPTHWISE_CONV_2D" -> depthwise();
          case "FULLY_CONNECTED" -> fullyConnected();
          case "RELU", "RELU6", "RESHAPE", "MAX_POOL_2D", "PAD" -> requantizing();
          case "CONCATENATION" -> concatenation();
          default -> null;
        });
  }

  private @Nullable String convolution() {
    List<Integer> input = input(0).shape();
    List<Integer> weights = input(1).shape();
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
    if (!(output().quantization() instanceof Quantization.PerTensor range)) {
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
    if (input(1).quantization() instanceof Quantization.PerChannel scales
        && scales.scales().stream().distinct().count() > 1) {
      return "has per-channel weights, of which these kernels use the first scale for all";
    }
    return options.keepDims() ? "has keep_num_dims, which these kernels ignore" : null;
  }

  private @Nullable String requantizing() {
    return input(0).quantization().equals(output().quantization())
        ? null
        : "has an output quantized otherwise than its input, which these kernels ignore";
  }

  private @Nullable String concatenation() {
    if (operator.inputs().size() > MOST_CONCATENATED) {
      return "has " + operator.inputs().size() + " inputs; these kernels take 10";
    }
    boolean equal =
        operator.inputs().stream()
            .allMatch(
                index -> model.tensors().get(index).quantization().equals(output().quantization()));
    return equal ? null : "joins tensors of different quantization, which these kernels ignore";
  }

  private TfliteTensor input(int place) {
    return model.tensors().get(operator.inputs().get(place));
  }

  private TfliteTensor output() {
    return model.tensors().get(operator.outputs().get(0));
  }
}
