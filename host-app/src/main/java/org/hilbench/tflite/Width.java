package org.hilbench.tflite;

import java.util.List;
import java.util.stream.Stream;

/** Which integers an operator computes with; each takes a kernel of its own. */
public enum Width {
  /** int8 activations, int8 weights if there are some. */
  INT8(8),
  /** int8 activations, 4-bit weights. */
  WEIGHTS4(4),
  /** int16 activations, int8 weights if there are some: TensorFlow Lite's 16x8. */
  INT16(16);

  private final int code;

  Width(int code) {
    this.code = code;
  }

  /** As device forms and kernel registrations write it: 8, 4 or 16. */
  public int code() {
    return code;
  }

  /** The width with this code. */
  public static Width of(int code) {
    return Stream.of(values())
        .filter(width -> width.code == code)
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("width " + code + " is unknown; known: 8, 4, 16"));
  }

  /**
   * The width of an operator: 16 if it reads or writes int16, so also for QUANTIZE between both.
   */
  public static Width of(TfliteModel model, TfliteOperator operator) {
    List<Integer> read = operator.inputs();
    if (read.size() > 1 && has(model, read.subList(1, 2), TensorType.INT4)) {
      return WEIGHTS4;
    }
    boolean wide =
        has(model, read, TensorType.INT16) || has(model, operator.outputs(), TensorType.INT16);
    return wide ? INT16 : INT8;
  }

  private static boolean has(TfliteModel model, List<Integer> tensors, TensorType type) {
    return tensors.stream()
        .anyMatch(tensor -> tensor >= 0 && model.tensors().get(tensor).type() == type);
  }
}
