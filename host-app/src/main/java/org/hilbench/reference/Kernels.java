package org.hilbench.reference;

/** Which of TensorFlow Lite's kernels run on the host. */
public enum Kernels {
  /** The plain loops that define each op's rounding; the oracle for a device. */
  REFERENCE,
  /**
   * Faster; single values may differ from the reference by one. No delegate (XNNPACK), one thread.
   */
  OPTIMIZED
}
