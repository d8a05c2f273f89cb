package org.hilbench.board;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** A processor core with its floating-point unit, and the compiler flags that make code for it. */
public enum Core {
  /** Cortex-M4 with the single-precision FPU. */
  @JsonProperty("cortex-m4f")
  CORTEX_M4F("cortex-m4", "fpv4-sp-d16"),
  /** Cortex-M7 with the single-precision FPU (STM32F746). */
  @JsonProperty("cortex-m7f")
  CORTEX_M7F("cortex-m7", "fpv5-sp-d16"),
  /** Cortex-M7 with the double-precision FPU (STM32H743, AN500). */
  @JsonProperty("cortex-m7d")
  CORTEX_M7D("cortex-m7", "fpv5-d16"),
  /** Cortex-M33 with the single-precision FPU. */
  @JsonProperty("cortex-m33f")
  CORTEX_M33F("cortex-m33", "fpv5-sp-d16");

  private final String cpu;
  private final String fpu;

  Core(String cpu, String fpu) {
    this.cpu = cpu;
    this.fpu = fpu;
  }

  /** The value of {@code -mcpu}. */
  public String cpu() {
    return cpu;
  }

  /** The value of {@code -mfpu}. */
  public String fpu() {
    return fpu;
  }

  /** What every compile and link for this core is given. */
  public List<String> compilerFlags() {
    return List.of("-mcpu=" + cpu, "-mthumb", "-mfpu=" + fpu, "-mfloat-abi=hard");
  }
}
