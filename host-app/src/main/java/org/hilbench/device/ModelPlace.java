package org.hilbench.device;

import java.util.Arrays;
import java.util.Optional;

/** Where an uploaded model lies on the device. */
public enum ModelPlace {
  RAM(0),
  /** In the slot behind the resident firmware, which programs it itself. */
  FLASH(1);

  private final int code;

  ModelPlace(int code) {
    this.code = code;
  }

  /** As the protocol has it. */
  int code() {
    return code;
  }

  /** Empty for one of a later version. */
  static Optional<ModelPlace> of(long code) {
    return Arrays.stream(values()).filter(place -> place.code == code).findFirst();
  }
}
