package org.hilbench.reference;

import org.hilbench.tflite.TfliteModel;

/** Which of TensorFlow Lite's kernels run on the host. */
public enum Kernels {
  /**
   * The plain loops that define each op's rounding; the oracle for a device. FULLY_CONNECTED is
   * computed as TensorFlow Lite Micro does it, which rounds twice and not once.
   */
  REFERENCE,
  /** The reference with TensorFlow Lite's own FULLY_CONNECTED on int8, which rounds once. */
  ROUNDING_ONCE,
  /**
   * Faster; single values may differ from the reference by one. No delegate (XNNPACK), one thread.
   */
  OPTIMIZED;

  /**
   * Whether a model has an operator that TensorFlow Lite lacks and hilbench computes by a kernel of
   * its own: QUANTIZE from int8 to int16.
   */
  public static boolean goBeyondTensorFlowLite(TfliteModel model) {
    return model.operators().stream()
        .anyMatch(
            operator ->
                operator.name().equals("QUANTIZE")
                    && operator.version() == WideningQuantize.VERSION);
  }
}
