package org.hilbench.measure;

/** How a model reaches the device. */
public enum Loading {
  /** Linked into an image of its own, which is flashed. */
  LINKED,
  /** Over the serial line, to resident firmware: nothing is flashed for it. */
  UPLOADED
}
