package org.hilbench.graph;

/** Activation fused into the op that it follows, as in TensorFlow Lite. */
public enum Activation {
  NONE,
  RELU,
  RELU6
}
