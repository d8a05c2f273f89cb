package org.hilbench.device;

/** Whether the firmware could prepare its model. */
public enum ModelStatus {
  READY,
  /** The image holds none. */
  NONE,
  ARENA_TOO_SMALL,
  OPERATOR_MISSING,
  REFUSED;

  /** The protocol's number for it; REFUSED for one of a later version. */
  static ModelStatus of(long code) {
    return code < 0 || code > 3
        ? REFUSED
        : switch ((int) code) {
          case 0 -> READY;
          case 1 -> NONE;
          case 2 -> ARENA_TOO_SMALL;
          default -> OPERATOR_MISSING;
        };
  }
}
