package org.hilbench.reference;

/** Which of TensorFlow Lite's kernels run on the host. */
public enum Kernels {
  /**
   * The plain loops that define each op's rounding; the oracle for a device. FULLY_CONNECTED is
   * computed as TensorFlow Lite Micro does it, which rounds twice and not once.
   */
  REFERENCE,
  /** The reference with TensorFlow Lite's own FULLY_CONNECTED, which rounds once. */
  ROUNDING_ONCE,
  /**
   * Faster; single values may differ from the reference by one. No delegate (XNNPACK), one thread.
   */
  OPTIMIZED
}
