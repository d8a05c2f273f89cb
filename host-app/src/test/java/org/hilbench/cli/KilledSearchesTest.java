package org.hilbench.cli;

import org.hilbench.exec.ExecRunner;
import org.hilbench.firmware.Workshop;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A slice of the campaign {@code kills}: a compiler's program is killed. */
@Tag("sim")
@Timeout(600)
final class KilledSearchesTest {
  private static final long SEED = 10;

  @Test
  void whoeverIsKilledTheSearchComesToTheSameFront() throws Exception {
    Workshop.builder(); // aborts where the compiler is absent
    Assumptions.assumeTrue(
        new ExecRunner().find("qemu-system-arm").isPresent(), "absent: qemu-system-arm");
    new KilledSearches()
        .run(1, SEED, line -> System.out.println("kills, seed " + SEED + ": " + line))
        .assertAllGood(1);
  }
}
