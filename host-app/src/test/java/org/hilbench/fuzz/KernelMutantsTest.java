package org.hilbench.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hilbench.firmware.Workshop;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class KernelMutantsTest {
  private static final long SEED = 1;

  /** Of each width, and of what was once excused: a FULLY_CONNECTED. */
  private static final List<String> SLICE =
      List.of(
          "src/hb_fully_connected.c, each output XOR 0x55",
          "src/hb_fully_connected.c, each output XOR 1",
          "src/hb_conv.c, one of four columns starts without its bias",
          "src/hb_pool.c, means are cut, not rounded");

  @Test
  void everyMutantOfTheTableStillChangesTheKernels() throws Exception {
    Path kernels = Workshop.templates().resolve("kernels");
    for (KernelMutant mutant : KernelMutant.table()) {
      String sound = Files.readString(kernels.resolve(mutant.file()));
      assertNotEquals(sound, mutant.applied(kernels), mutant::toString);
    }
  }

  /** The whole table: {@code scripts/bench fuzz mutants}. */
  @Test
  @Tag("sim")
  void noImageOfABrokenKernelIsBelieved() throws Exception {
    List<KernelMutant> some =
        KernelMutant.table().stream().filter(one -> SLICE.contains(one.toString())).toList();
    CampaignResult result =
        new KernelMutants().slice(some, SEED, line -> System.out.println("mutant: " + line));
    assertEquals(List.of(), result.failures());
    assertEquals(Map.of("killed", 5L), result.endings());
  }
}
