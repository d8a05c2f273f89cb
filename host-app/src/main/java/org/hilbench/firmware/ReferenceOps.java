package org.hilbench.firmware;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The operators that the runtime's own kernels compute on int8, with the newest version of each of
 * which random models are equal: newer ones differ in types, which are checked apart, or in nothing
 * that the kernels see.
 */
final class ReferenceOps {
  private static final Map<String, Integer> NEWEST =
      Map.ofEntries(
          Map.entry("CONV_2D", 3),
          Map.entry("DEPTHWISE_CONV_2D", 3),
          Map.entry("FULLY_CONNECTED", 4),
          Map.entry("ADD", 5),
          Map.entry("SUB", 3),
          Map.entry("MUL", 7),
          Map.entry("AVERAGE_POOL_2D", 3),
          Map.entry("MAX_POOL_2D", 3),
          Map.entry("SOFTMAX", 3),
          Map.entry("LOGISTIC", 3),
          Map.entry("TANH", 3),
          Map.entry("RELU", 3),
          Map.entry("RELU6", 3),
          Map.entry("RESHAPE", 1),
          Map.entry("PAD", 4),
          Map.entry("PADV2", 4),
          Map.entry("CONCATENATION", 4),
          Map.entry("STRIDED_SLICE", 4),
          Map.entry("SPLIT", 4),
          Map.entry("PACK", 4),
          Map.entry("UNPACK", 4),
          Map.entry("MAXIMUM", 4),
          Map.entry("MINIMUM", 4),
          Map.entry("ARG_MAX", 3),
          Map.entry("ARG_MIN", 3),
          Map.entry("PRELU", 1),
          Map.entry("L2_NORMALIZATION", 2),
          Map.entry("RESIZE_NEAREST_NEIGHBOR", 4),
          Map.entry("EQUAL", 4),
          Map.entry("NOT_EQUAL", 4),
          Map.entry("GREATER", 2),
          Map.entry("GREATER_EQUAL", 2),
          Map.entry("LESS", 2),
          Map.entry("LESS_EQUAL", 2));

  private ReferenceOps() {}

  /** The newest version of an operator that the kernels take; empty where they have no int8. */
  static Optional<Integer> newestVersion(String operator) {
    return Optional.ofNullable(NEWEST.get(operator));
  }

  /** All of them, by name in order. */
  static List<String> operators() {
    return NEWEST.keySet().stream().sorted().toList();
  }

  /** The function that registers the runtime's kernel. */
  static String function(String operator) {
    return "tflite::ops::micro::Register_" + operator;
  }
}
