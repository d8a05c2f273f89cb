package org.hilbench.bench;

import org.junit.jupiter.api.Test;

/** STM32L475, which QEMU models from version 10 on; aborts with the reason where that is absent. */
class L475OnAPtyTest {
  private static final int QEMU_WITH_THE_MACHINE = 10;

  @Test
  void itSaysWhoItIsAndRunsTheModelToTheReferencesBytes() throws Exception {
    FirmwareOnAPtyTest.saysWhoItIsAndRuns(
        "b-l475e-iot01a", "stm32l4", FirmwareOnAPtyTest.qemu(QEMU_WITH_THE_MACHINE));
  }
}
