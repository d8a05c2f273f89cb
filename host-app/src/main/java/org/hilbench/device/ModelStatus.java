package org.hilbench.device;

/** Whether the firmware could prepare its model. */
public enum ModelStatus {
  READY,
  /** The image holds none. */
  NONE,
  /** The runtime could not prepare it; its words, where the image has them, say why. */
  REFUSED;

  /** The protocol's number for it; REFUSED for one of a later version. */
  static ModelStatus of(long code) {
    return code == 0 ? READY : code == 1 ? NONE : REFUSED;
  }
}
