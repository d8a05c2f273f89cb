package org.hilbench.tflite;

/** How a runtime's FULLY_CONNECTED on int8 rounds what it scales. */
public enum DenseRounding {
  /** As TensorFlow Lite's own kernel. */
  ONCE,
  /** gemmlowp's double rounding: TensorFlow Lite Micro's own kernels and hilbench's. */
  TWICE
}
