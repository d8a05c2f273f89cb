package org.hilbench.board;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.OptionalLong;

/**
 * The counter that times an inference.
 *
 * @param address of a memory-mapped timer; absent for the core's own counters
 * @param clockHz ticks a second where that is fixed; absent where it counts core cycles
 */
public record TimeSource(Counter counter, OptionalLong address, OptionalLong clockHz) {
  /** Kinds of counter that the firmware knows. */
  public enum Counter {
    /** The 32-bit down-counter of Arm's CMSDK; address and clockHz are needed. */
    @JsonProperty("cmsdk-timer")
    CMSDK_TIMER(true),
    /** The core's cycle counter, DWT CYCCNT. */
    @JsonProperty("dwt")
    DWT(false),
    /** The core's 24-bit SysTick. */
    @JsonProperty("systick")
    SYSTICK(false);

    private final boolean mapped;

    Counter(boolean mapped) {
      this.mapped = mapped;
    }
  }

  public TimeSource {
    if (counter.mapped && (address.isEmpty() || clockHz.isEmpty())) {
      throw new IllegalArgumentException("counter cmsdk-timer needs address and clockHz");
    }
    if (!counter.mapped && address.isPresent()) {
      throw new IllegalArgumentException("address is for counter cmsdk-timer only");
    }
  }
}
