package org.hilbench.firmware;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The operators that the runtime's own kernels compute on int8, with the newest version of each.
 * Taken from AllOpsResolver of the crate and, for RELU, RELU6, TANH and STRIDED_SLICE, from runs of
 * version 2, which differs in nothing that the kernels see.
 */
final class ReferenceOps {
  private static final Map<String, Integer> NEWEST =
      Map.ofEntries(
          Map.entry("CONV_2D", 3),
          Map.entry("DEPTHWISE_CONV_2D", 3),
          Map.entry("FULLY_CONNECTED", 4),
          Map.entry("ADD", 2),
          Map.entry("SUB", 2),
          Map.entry("MUL", 3),
          Map.entry("AVERAGE_POOL_2D", 2),
          Map.entry("MAX_POOL_2D", 2),
          Map.entry("SOFTMAX", 2),
          Map.entry("LOGISTIC", 2),
          Map.entry("TANH", 2),
          Map.entry("RELU", 2),
          Map.entry("RELU6", 2),
          Map.entry("RESHAPE", 1),
          Map.entry("PAD", 2),
          Map.entry("PADV2", 2),
          Map.entry("CONCATENATION", 3),
          Map.entry("STRIDED_SLICE", 2),
          Map.entry("SPLIT", 3),
          Map.entry("PACK", 2),
          Map.entry("UNPACK", 2),
          Map.entry("MAXIMUM", 1),
          Map.entry("MINIMUM", 1),
          Map.entry("ARG_MAX", 1),
          Map.entry("ARG_MIN", 1),
          Map.entry("PRELU", 1),
          Map.entry("L2_NORMALIZATION", 1),
          Map.entry("RESIZE_NEAREST_NEIGHBOR", 2),
          Map.entry("EQUAL", 2),
          Map.entry("NOT_EQUAL", 2),
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
